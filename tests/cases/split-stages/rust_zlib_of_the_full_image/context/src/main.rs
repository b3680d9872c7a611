use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::io::stdin()).read_to_string(&mut text)?;
    println!("{text}");
    Ok(())
}
