//! What `-vv` tells of the program's own work: one line for each step, with the time since the start.

use std::io::Write;
use std::time::Instant;

use crate::report::printable;

/// Starts to log on standard error, as much as `-v` was given. `RUST_LOG` decides in its place.
pub(crate) fn start(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => "off",
        2 => "imgfix=debug",
        _ => "imgfix=trace",
    };
    let filter = std::env::var("RUST_LOG").unwrap_or_default();
    let filter = if filter.is_empty() { level } else { &filter };
    let started = Instant::now();
    let result = env_logger::Builder::new()
        .parse_filters(filter)
        .format(move |buffer, record| {
            let message = record.args().to_string();
            let milliseconds = started.elapsed().as_secs_f64() * 1e3;
            writeln!(
                buffer,
                "[{milliseconds:9.1} ms] {} {}: {}",
                record.level(),
                record.target(),
                printable(&message)
            )
        })
        .try_init();
    // Tests call the program more than once in a process; the first logger stays.
    drop(result);
}
