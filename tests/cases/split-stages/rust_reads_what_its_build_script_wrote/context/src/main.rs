fn main() {
    let text = std::fs::read_to_string(concat!(env!("OUT_DIR"), "/table.txt")).unwrap();
    println!("{text}");
}
