//! imgfix.
pub mod model;
