//! A stream of 10 GB, as `docker save` would give it, is measured in memory that a layer would not fit in.

#[path = "../../../tests/it/cli/big_image.rs"]
mod stream;

use std::process::{Command, Stdio};
use std::time::Instant;

use super::{Release, Seen, Verdict};
use stream::{SMALL, Shape, write};

/// Address space for the program, in KiB.
const LIMIT: u64 = 256 * 1024;

const SHAPE: Shape = Shape {
    large: 9_900_000_000,
    small: 100_000,
};

pub(super) fn check(release: &Release) -> Verdict {
    if !cfg!(target_os = "linux") {
        return Ok(Seen::Skipped("memory is limited on Linux only".to_owned()));
    }
    let started = Instant::now();
    let line = format!("ulimit -v {LIMIT} && exec \"$IMGFIX\" size --format=json -");
    let mut child = Command::new("sh")
        .args(["-c", &line])
        .env("IMGFIX", &release.binary)
        .current_dir(&release.scratch)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("sh: {error}"))?;
    let mut stdin = child.stdin.take().ok_or("there is no pipe")?;
    let written = write(SHAPE, &mut stdin);
    drop(stdin);
    let done = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    if let Err(error) = written {
        let errors = String::from_utf8_lossy(&done.stderr);
        return Err(format!("it does not read to the end: {error}: {errors}"));
    }
    let said: serde_json::Value = serde_json::from_slice(&done.stdout)
        .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&done.stderr)))?;
    let image = &said["images"][0];
    let small = SHAPE.small * SMALL;
    let wanted = (Some(SHAPE.large + small), Some(small));
    let found = (image["bytes"].as_u64(), image["hidden_bytes"].as_u64());
    if found != wanted {
        return Err(format!("it measures {found:?} where {wanted:?} is right"));
    }
    let gigabytes = (SHAPE.large + small) as f64 / 1e9;
    let speed = gigabytes / started.elapsed().as_secs_f64();
    Ok(Seen::Holds(format!(
        "{gigabytes:.1} GB below {} MiB of address space, {speed:.2} GB/s",
        LIMIT / 1024
    )))
}
