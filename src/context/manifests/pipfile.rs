//! `Pipfile`, and the hash of it that `Pipfile.lock` holds: <https://github.com/pypa/pipfile>. The hash is that of
//! the sections as JSON, with sorted keys and without blanks.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use toml::{Table, Value};

/// A Pipfile.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipfile(Table);

/// Sections that the hash is made of, or that it leaves out. Others count for newer versions of pipenv alone.
const KNOWN: &[&str] = &[
    "source",
    "packages",
    "dev-packages",
    "requires",
    "scripts",
    "pipenv",
];

impl Pipfile {
    /// Reads the text.
    ///
    /// # Errors
    /// Where it is not TOML.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parsed = text.parse().map(Self);
        parsed.map_err(|error: toml::de::Error| error.message().to_owned())
    }

    /// A section that not every version of pipenv takes into the hash.
    pub fn unusual(&self) -> Option<&str> {
        let mut keys = self.0.keys().map(String::as_str);
        keys.find(|key| !KNOWN.contains(key))
    }

    /// The version of Python that it asks for: `3.11`, or with the patch release.
    pub fn python(&self) -> Option<&str> {
        let requires = self.0.get("requires")?;
        let full = requires.get("python_full_version");
        full.or_else(|| requires.get("python_version"))?.as_str()
    }

    /// Its hash; `None` where that depends on what does not stand in it.
    pub fn hash(&self) -> Option<String> {
        let empty = Value::Table(Table::new());
        let section = |name: &str| self.0.get(name).unwrap_or(&empty);
        // pipenv puts a source of its own where there is none.
        let sources = self.0.get("source")?;
        let mut text = String::from("{\"_meta\":{\"requires\":");
        dump(section("requires"), &mut text)?;
        text.push_str(",\"sources\":");
        dump(sources, &mut text)?;
        text.push_str("},\"default\":");
        dump(section("packages"), &mut text)?;
        text.push_str(",\"develop\":");
        dump(section("dev-packages"), &mut text)?;
        text.push('}');
        let digest = Sha256::digest(text.as_bytes());
        let mut hash = String::new();
        for byte in digest {
            write!(hash, "{byte:02x}").ok()?;
        }
        Some(hash)
    }
}

/// The hash that a Pipfile.lock was made for.
pub fn locked_hash(text: &str) -> Option<String> {
    let lock: serde_json::Value = serde_json::from_str(text).ok()?;
    let hash = lock.get("_meta")?.get("hash")?.get("sha256")?;
    hash.as_str().map(str::to_owned)
}

/// A value as Python writes it; `None` where the two may differ.
fn dump(value: &Value, text: &mut String) -> Option<()> {
    match value {
        Value::String(value) => text.push_str(&quoted(value)?),
        Value::Integer(value) => write!(text, "{value}").ok()?,
        Value::Boolean(value) => write!(text, "{value}").ok()?,
        Value::Array(values) => {
            text.push('[');
            for (at, value) in values.iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                dump(value, text)?;
            }
            text.push(']');
        }
        Value::Table(table) => {
            let mut keys: Vec<&String> = table.keys().collect();
            keys.sort();
            text.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                write!(text, "{}:", quoted(key)?).ok()?;
                dump(&table[key], text)?;
            }
            text.push('}');
        }
        Value::Float(_) | Value::Datetime(_) => return None,
    }
    Some(())
}

fn quoted(text: &str) -> Option<String> {
    // Python writes other signs as numbers.
    serde_json::to_string(text).ok().filter(|_| text.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_pipenv() {
        let text = "[[source]]\nurl = \"https://pypi.org/simple\"\nverify_ssl = true\nname = \"pypi\"\n\n\
                    [packages]\nrequests = \"*\"\ndjango = {version = \">=4\", extras = [\"bcrypt\"]}\n\n\
                    [dev-packages]\n\n[requires]\npython_version = \"3.11\"\n";
        let pipfile = Pipfile::parse(text).expect("it is TOML");
        assert_eq!(
            pipfile.hash().as_deref(),
            Some("276b0f5be948fb5c34541786f27eb56f7aeff881a0c7832fe3c58f7638b4ada2")
        );
        assert_eq!(pipfile.python(), Some("3.11"));
        assert_eq!(pipfile.unusual(), None);
    }

    #[test]
    fn what_is_not_sure_has_no_hash() {
        for text in [
            "[packages]\na = \"*\"\n",
            "[[source]]\nname = \"ö\"\n",
            "[[source]]\nname = 1.5\n",
        ] {
            assert_eq!(Pipfile::parse(text).expect("it is TOML").hash(), None);
        }
        let other = Pipfile::parse("[docs]\nsphinx = \"*\"\n").expect("it is TOML");
        assert_eq!(other.unusual(), Some("docs"));
    }
}
