//! The shell reader.
