//! Manifests of package managers, read from texts of the build context. What cannot be read is an error that
//! says why; nothing here guesses.

pub mod berry_lock;
pub mod gem_version;
pub mod gemfile;
pub mod gemfile_lock;
pub mod go_mod;
pub mod makefile;
pub mod npm_range;
pub mod package_json;
pub mod package_lock;
pub mod pipfile;
pub mod pnpm_lock;
pub mod pom;
pub mod pyproject;
pub mod requirements;
pub mod uv_lock;
pub mod yarn_lock;
