fn main() {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    println!("{}", fonts.len());
}
