use std::fs::OpenOptions;

fn main() -> std::io::Result<()> {
    OpenOptions::new().create(true).append(true).open(ledger::folder().join("ledger.txt"))?;
    Ok(())
}
