use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    xz2::read::XzDecoder::new(std::io::stdin()).read_to_string(&mut text)?;
    println!("{text}");
    Ok(())
}
