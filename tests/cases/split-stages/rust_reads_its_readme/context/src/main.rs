fn main() {
    println!("{}", std::fs::read_to_string("README.md").unwrap());
    println!("{}", std::fs::read_to_string("Cargo.lock").unwrap());
}
