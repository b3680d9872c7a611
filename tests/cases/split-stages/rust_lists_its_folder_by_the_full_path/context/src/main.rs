fn main() {
    for entry in std::fs::read_dir("/app").unwrap() {
        println!("{:?}", entry.unwrap().path());
    }
}
