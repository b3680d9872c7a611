//! Reads a file as text, or says in one sentence why not. Never waits for a file that is none.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::Failure;

/// The largest file that is read.
pub(crate) const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Reads the file that the user knows as `label`.
///
/// # Errors
/// Where it is no regular file, too large, unreadable or not UTF-8.
pub(crate) fn read_text(path: &Path, label: &str) -> Result<String, Failure> {
    // The kind comes first: to open a FIFO would wait for its other end.
    let meta = path
        .metadata()
        .map_err(|error| Failure::io(label, &error))?;
    if meta.is_dir() {
        return Err(Failure::new(format!("{label}: is a folder, not a file")));
    }
    if !meta.is_file() {
        return Err(Failure::new(format!(
            "{label}: is no regular file (a FIFO, socket or device)"
        )));
    }
    if meta.len() > MAX_BYTES {
        return Err(too_large(label));
    }
    let file = File::open(path).map_err(|error| Failure::io(label, &error))?;
    read_limited(file, usize::try_from(meta.len()).unwrap_or(0), label)
}

/// Reads a stream to its end.
///
/// # Errors
/// Where it is too large, fails or is not UTF-8.
pub(crate) fn read_limited(
    stream: impl Read,
    expected: usize,
    label: &str,
) -> Result<String, Failure> {
    let mut bytes = Vec::with_capacity(expected + 1);
    stream
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::io(label, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large(label));
    }
    if bytes.contains(&0) {
        return Err(Failure::new(format!("{label}: {}", binary(&bytes))));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(valid);
        let line = 1 + before.filter(|&&byte| byte == b'\n').count();
        let what = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16, not UTF-8".to_owned(),
            _ => format!("not UTF-8 (line {line})"),
        };
        Failure::new(format!("{label}: {what}"))
            .hint("convert the file to UTF-8; it is left as it is")
    })
}

/// What bytes with a NUL among them are.
fn binary(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16, not UTF-8",
        _ => "holds a NUL byte, so it is no text",
    }
}

fn too_large(label: &str) -> Failure {
    Failure::new(format!(
        "{label}: larger than {} MiB",
        MAX_BYTES / 1024 / 1024
    ))
}
