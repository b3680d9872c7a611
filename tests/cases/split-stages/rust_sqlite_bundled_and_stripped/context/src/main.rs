use std::{io::Write, net::TcpListener};

use rusqlite::Connection;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = Connection::open("notes.db")?;
    db.execute("create table if not exists notes (text text)", ())?;
    for stream in TcpListener::bind("0.0.0.0:8090")?.incoming() {
        let count: i64 = db.query_row("select count(*) from notes", (), |row| row.get(0))?;
        write!(stream?, "HTTP/1.0 200 OK\r\n\r\n{count}\n")?;
    }
    Ok(())
}
