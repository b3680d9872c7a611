//! Reads what the user named, with one clear error for what cannot be a Dockerfile.

use std::io::Read as _;
use std::path::Path;

/// The largest file that is read, in bytes.
const MAX_SIZE: u64 = 16 << 20;

/// The text of a Dockerfile.
///
/// # Errors
/// The cause, in words, without the path.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let about = std::fs::metadata(path).map_err(|error| cause(&error))?;
    if about.is_dir() {
        return Err("is a folder".to_owned());
    }
    if !about.is_file() {
        return Err("is no regular file".to_owned());
    }
    check_size(about.len())?;
    let bytes = std::fs::read(path).map_err(|error| cause(&error))?;
    text(bytes)
}

/// The text on standard input.
///
/// # Errors
/// The cause, in words.
pub(super) fn read_stdin() -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().take(MAX_SIZE + 1).read_to_end(&mut bytes);
    read.map_err(|error| cause(&error))?;
    check_size(bytes.len() as u64)?;
    text(bytes)
}

fn check_size(size: u64) -> Result<(), String> {
    if size > MAX_SIZE {
        return Err(format!(
            "is larger than {} MiB, too large for a Dockerfile",
            MAX_SIZE >> 20
        ));
    }
    Ok(())
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes)
        .map_err(|error| format!("is not UTF-8 (byte {})", error.utf8_error().valid_up_to()))
}

/// An error of the system, in lower case and without its number.
pub(super) fn cause(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
