//! Development commands of imgfix; what they do lives here, so that tests can ask the same
//! questions.

mod against;
pub mod corpus;
pub mod fuzz;
pub mod real_builds;
pub mod recall;
pub mod release_check;
pub mod tables;
