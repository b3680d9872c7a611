//! Says a number of seconds in words: `GET /90061`.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

fn respond(path: &str) -> (&'static str, String) {
    match path.trim_start_matches('/').parse() {
        Ok(seconds) => {
            let span = humantime::format_duration(Duration::from_secs(seconds));
            ("200 OK", format!("{span}\n"))
        }
        Err(_) => ("400 Bad Request", "seconds, please\n".to_owned()),
    }
}

fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let Some(first) = lines.next().transpose()? else {
        return Ok(());
    };
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or("/");
    let (status, body) = respond(path);
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn main() -> std::io::Result<()> {
    for stream in TcpListener::bind("0.0.0.0:8496")?.incoming() {
        if let Err(error) = serve(stream?) {
            eprintln!("{error}");
        }
    }
    Ok(())
}
