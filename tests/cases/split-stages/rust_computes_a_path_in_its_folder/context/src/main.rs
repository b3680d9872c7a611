fn main() {
    let station = std::env::var("STATION").unwrap();
    let text = std::fs::read_to_string(format!("/app/{}", station));
    println!("{text:?}");
}
