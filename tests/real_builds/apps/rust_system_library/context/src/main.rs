//! `kinds FILE...` says what the files in the folder SAMPLES are.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = PathBuf::from(std::env::var_os("SAMPLES").unwrap_or_default());
    let mut code = ExitCode::SUCCESS;
    for name in std::env::args().skip(1) {
        match magic::kind(&folder.join(&name)) {
            Ok(kind) => println!("{name}: {kind}"),
            Err(error) => {
                eprintln!("{name}: {error}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}
