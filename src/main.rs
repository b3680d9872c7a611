//! The `imgfix` program. All of it is in [`imgfix::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    imgfix::cli::main()
}
