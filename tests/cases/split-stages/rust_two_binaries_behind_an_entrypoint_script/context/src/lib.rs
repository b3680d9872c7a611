use std::path::PathBuf;

pub fn folder() -> PathBuf {
    std::env::var_os("LEDGER_DIR").map(PathBuf::from).unwrap_or_else(|| "data".into())
}
