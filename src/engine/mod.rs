//! Runs the pipeline: parse, propose, splice, check, repeat. Knows no transform.

mod outcome;

pub use outcome::{Applied, DeclinedAt, Outcome, Rejected};
