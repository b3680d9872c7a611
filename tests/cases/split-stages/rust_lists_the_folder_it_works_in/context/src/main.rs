fn main() {
    for e in std::fs::read_dir(".").unwrap() { println!("{:?}", e); }
    for e in walkdir::WalkDir::new(std::env::current_dir().unwrap()) { println!("{:?}", e); }
}
