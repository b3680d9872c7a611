use std::io::Write;
use std::net::TcpListener;
use std::time::Duration;

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:8496")?;
    for stream in listener.incoming() {
        let text = humantime::format_duration(Duration::from_secs(90_061)).to_string();
        write!(stream?, "HTTP/1.0 200 OK\r\n\r\n{}\n", text)?;
    }
    Ok(())
}
