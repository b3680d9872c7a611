//! What imgfix knows about Docker's official images: the system inside and the contract they set.
//!
//! Names are normalised: the repository below `library`, without registry. Other repositories are
//! unknown here, whatever they are called.

mod bun;
mod contract;
mod distributions;
mod hint;
mod known;
mod system;

mod reference;
mod sections;
mod size;

pub use contract::{BaseCommand, BaseContract, base_contract};
pub use hint::hinted;
pub use known::{BaseFacts, base_facts, names_release, version_of};
pub use reference::ImageReference;
pub use size::about_bytes;
pub use system::{Family, System, dnf_of};
