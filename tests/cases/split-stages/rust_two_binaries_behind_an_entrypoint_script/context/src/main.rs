use std::{fs, thread, time::Duration};

fn main() -> std::io::Result<()> {
    let every = Duration::from_secs(60);
    println!("every {}", humantime::format_duration(every));
    loop {
        println!("{} bytes", fs::metadata(ledger::folder().join("ledger.txt"))?.len());
        thread::sleep(every);
    }
}
