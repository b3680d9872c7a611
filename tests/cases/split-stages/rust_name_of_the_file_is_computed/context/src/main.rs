const NAMES: [&str; 2] = ["en", "pt"];
fn main() {
    for n in NAMES {
        println!("{}", std::fs::read_to_string(format!("{n}.ftl")).unwrap());
    }
}
