use std::process::*;

fn main() {
    Command::new("convert").status().unwrap();
}
