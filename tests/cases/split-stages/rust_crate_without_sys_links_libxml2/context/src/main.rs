fn main() {
    let document = libxml::parser::Parser::default().parse_string("<p>x</p>").unwrap();
    println!("{}", document.to_string());
}
