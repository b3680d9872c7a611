fn main() {
    println!("{}", note::TEXT);
}
