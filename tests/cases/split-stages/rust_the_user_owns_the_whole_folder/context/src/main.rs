fn main() { std::fs::write("state.json", "{}").unwrap(); }
