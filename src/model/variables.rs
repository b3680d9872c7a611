//! Variables and their values. Every instruction has its own view of them: what a step costs is what it sets,
//! and two views are compared without reading them.

use std::hash::{DefaultHasher, Hash, Hasher};

use rpds::RedBlackTreeMap;

use super::state::{Setting, Value};

/// Variables by name, in alphabetical order. Copies share what they have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    settings: RedBlackTreeMap<String, Setting>,
    /// The sum of what names and values hash to.
    fingerprint: u128,
}

impl Variables {
    /// What sets `name`.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.settings.get(name)
    }

    /// Whether something sets `name`.
    pub fn contains(&self, name: &str) -> bool {
        self.settings.contains_key(name)
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.settings.keys()
    }

    /// The names, each with what sets it.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Setting)> {
        self.settings.iter()
    }

    pub(super) fn set(&mut self, name: String, setting: Setting) {
        let old = self.fingerprint_of(&name);
        let new = fingerprint(&name, &setting.value);
        self.fingerprint = self.fingerprint.wrapping_sub(old).wrapping_add(new);
        self.settings.insert_mut(name, setting);
    }

    /// Whether the same names have the same values, but for the names in `exempt`. Other values are taken for
    /// the same only where two of 2^128 fingerprints meet.
    pub fn is_same_but_for(&self, other: &Self, exempt: &[&str]) -> bool {
        let rest = |of: &Self| {
            let mut names: Vec<&str> = exempt.to_vec();
            names.sort_unstable();
            names.dedup();
            let taken = names.iter().map(|name| of.fingerprint_of(name));
            taken.fold(of.fingerprint, u128::wrapping_sub)
        };
        rest(self) == rest(other)
    }

    fn fingerprint_of(&self, name: &str) -> u128 {
        self.get(name)
            .map_or(0, |setting| fingerprint(name, &setting.value))
    }
}

fn fingerprint(name: &str, value: &Value) -> u128 {
    let half = |number: u8| {
        let mut hasher = DefaultHasher::new();
        (number, name, value.known()).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> Variables {
        let mut variables = Variables::default();
        for (at, (name, value)) in pairs.iter().enumerate() {
            let setting = Setting::new(Value::Known((*value).to_owned()), Some(at));
            variables.set((*name).to_owned(), setting);
        }
        variables
    }

    #[test]
    fn values_are_compared_and_not_how_they_came_about() {
        let one = variables(&[("A", "1"), ("B", "2")]);
        assert!(one.is_same_but_for(&variables(&[("B", "0"), ("A", "1"), ("B", "2")]), &[]));
        assert!(!one.is_same_but_for(&variables(&[("A", "1")]), &[]));
        assert!(!one.is_same_but_for(&variables(&[("A", "2"), ("B", "1")]), &[]));
    }

    #[test]
    fn exempt_names_may_differ_or_be_missing() {
        let one = variables(&[("A", "1"), ("B", "2")]);
        assert!(one.is_same_but_for(&variables(&[("A", "1")]), &["B", "B", "C"]));
        assert!(!one.is_same_but_for(&variables(&[("B", "2")]), &["B"]));
    }

    #[test]
    fn an_unknown_value_is_not_an_empty_one() {
        let mut unknown = Variables::default();
        unknown.set("A".to_owned(), Setting::new(Value::Ambiguous, None));
        assert!(!unknown.is_same_but_for(&variables(&[("A", "")]), &[]));
    }
}
