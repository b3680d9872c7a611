//! Bun's own image, `oven/bun`, on Debian or Alpine.
//!
//! <https://github.com/oven-sh/bun/tree/main/dockerhub>: Debian's and Debian's slim one are made of the same packages,
//! by the same steps, but for the certificates that the slim one has of late. Which release they are on is not
//! written in a tag, and not told here. The one without a shell is not known: nothing can be built in it.

use super::contract::{BaseCommand, BaseContract};
use super::known::{BaseFacts, version_of};
use super::system::Family;

/// The name of the image.
pub(super) const NAME: &str = "oven/bun";

/// What is known of a tag, of bun 1 and later.
pub(super) fn facts(tag: &str) -> Option<BaseFacts> {
    let (version, variant) = tag.split_once('-').unwrap_or((tag, ""));
    let is_variant = |word: &str| matches!(word, "alpine" | "debian" | "slim");
    let is_version = |word: &str| {
        matches!(word, "latest" | "canary") || version_of(word).is_some_and(|it| it[0] >= 1)
    };
    let variant = match variant {
        "" if is_variant(version) => version,
        "" if is_version(version) => "debian",
        variant if is_variant(variant) && is_version(version) => variant,
        _ => return None,
    };
    let is_alpine = variant == "alpine";
    Some(BaseFacts {
        family: if is_alpine {
            Family::Alpine
        } else {
            Family::Debian
        },
        release: None,
        slim: variant == "slim",
        gone: false,
        has_onbuild: false,
    })
}

/// What it sets; the PATH has got a folder more with time.
pub(super) fn contract(tag: &str) -> Option<BaseContract> {
    facts(tag)?;
    Some(BaseContract {
        workdir: Some("/home/bun/app"),
        entrypoint: Some(BaseCommand::Exec(vec![
            "/usr/local/bin/docker-entrypoint.sh",
        ])),
        cmd: Some(BaseCommand::Exec(vec!["/usr/local/bin/bun"])),
        env: vec![
            ("PATH", None),
            ("BUN_INSTALL_BIN", Some("/usr/local/bin")),
            ("BUN_RUNTIME_TRANSPILER_CACHE_PATH", Some("0")),
        ],
        ..BaseContract::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_the_system() {
        let of = |tag: &str| facts(tag).map(|it| (it.family, it.slim));
        for tag in [
            "latest", "1", "1.1", "1.1.20", "debian", "1-debian", "canary",
        ] {
            assert_eq!(of(tag), Some((Family::Debian, false)), "{tag}");
        }
        for tag in ["slim", "1-slim", "1.2.3-slim", "canary-slim"] {
            assert_eq!(of(tag), Some((Family::Debian, true)), "{tag}");
        }
        for tag in ["alpine", "1.1-alpine"] {
            assert_eq!(of(tag), Some((Family::Alpine, false)), "{tag}");
        }
        for tag in ["distroless", "1-distroless", "0.6", "1-alpine3.20", "edge"] {
            assert_eq!(of(tag), None, "{tag}");
        }
        let contract = contract("1").expect("a contract");
        assert_eq!(contract.workdir, Some("/home/bun/app"));
    }
}
