//! The facts about a Dockerfile, computed once and read by every transform.

use imgfix_syntax::File;

/// The facts about one Dockerfile.
pub struct Model<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tree.
    pub file: &'a File,
}
