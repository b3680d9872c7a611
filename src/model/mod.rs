//! What imgfix knows about the world outside the Dockerfile.

pub mod debian;
pub mod images;
