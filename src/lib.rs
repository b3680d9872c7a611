//! imgfix.
