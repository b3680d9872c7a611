use std::{fs, io::Write, net::TcpListener, path::Path};

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("posters");
    for stream in TcpListener::bind("0.0.0.0:8080")?.incoming() {
        let text = fs::read_to_string(folder.join("first.txt"))?;
        write!(stream?, "HTTP/1.0 200 OK\r\n\r\n{text}")?;
    }
    Ok(())
}
