fn main() {
    println!("draft");
}
