//! `go.mod`: <https://go.dev/ref/mod#go-mod-file>. Of its lines, only which modules it replaces by folders,
//! and how many it requires, are of use here.

/// A go.mod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoMod {
    /// The version of the `go` line.
    pub go: Option<String>,
    /// The modules it requires, by their paths.
    pub modules: Vec<String>,
    /// Modules that something stands in for, and what.
    replaced: Vec<(String, String)>,
}

impl GoMod {
    /// Reads the text of a go.mod.
    ///
    /// # Errors
    /// Where a block has no end, or no `module` line is there.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut read = Self::default();
        let mut block: Option<String> = None;
        let mut has_module = false;
        for line in text.lines() {
            let line = line.split("//").next().unwrap_or_default().trim();
            let mut words: Vec<&str> = line.split_whitespace().collect();
            let verb = match (&block, words.as_slice()) {
                (_, []) => continue,
                (Some(_), [")"]) => {
                    block = None;
                    continue;
                }
                (Some(verb), _) => verb.clone(),
                (None, [verb, "("]) => {
                    block = Some((*verb).to_owned());
                    has_module |= *verb == "module";
                    continue;
                }
                (None, [verb, ..]) => {
                    let verb = (*verb).to_owned();
                    words.remove(0);
                    verb
                }
            };
            has_module |= verb == "module";
            read.line(&verb, &words);
        }
        match (block, has_module) {
            (Some(verb), _) => Err(format!("the block `{verb}` has no end")),
            (None, false) => Err("no `module` line".to_owned()),
            _ => Ok(read),
        }
    }

    fn line(&mut self, verb: &str, words: &[&str]) {
        match verb {
            "require" => {
                self.modules
                    .extend(words.first().map(|&path| path.trim_matches('"').to_owned()));
            }
            "go" => self.go = words.first().map(|&version| version.to_owned()),
            "replace" => {
                let plain = |word: &&str| word.trim_matches('"').to_owned();
                let arrow = words.iter().position(|word| *word == "=>");
                let target = arrow.and_then(|at| words.get(at + 1)).map(plain);
                self.replaced.extend(words.first().map(plain).zip(target));
            }
            _ => {}
        }
    }

    /// The folders that stand in for modules, as written.
    pub fn local_replacements(&self) -> impl Iterator<Item = &str> {
        let targets = self.replaced.iter().map(|(_, target)| target.as_str());
        targets.filter(|target| is_folder(target))
    }

    /// Whether a module is required that no folder stands in for.
    pub fn fetches(&self) -> bool {
        let is_here = |module: &String| {
            let mut replaced = self.replaced.iter();
            replaced.any(|(path, target)| path == module && is_folder(target))
        };
        !self.modules.iter().all(is_here)
    }
}

fn is_folder(target: &str) -> bool {
    target.starts_with(['.', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_lines_are_read() {
        let text = "module a\n\ngo 1.21\n\nrequire (\n\tb v1.0.0 // indirect\n\tc v1.0.0\n)\nrequire d v0.1.0\nreplace b => ./b\nreplace c v1.0.0 => e v1.0.0\n";
        let module = GoMod::parse(text).expect("it is a go.mod");
        assert_eq!(
            (module.modules.len(), module.go.as_deref()),
            (3, Some("1.21"))
        );
        assert_eq!(module.local_replacements().collect::<Vec<_>>(), ["./b"]);
        assert!(module.fetches());
        let local = GoMod::parse("module a\nrequire b v1.0.0\nreplace b => ../b\n");
        assert!(!local.expect("it is a go.mod").fetches());
    }

    #[test]
    fn what_is_no_go_mod_is_refused() {
        assert!(GoMod::parse("").is_err());
        assert!(GoMod::parse("module a\nrequire (\n").is_err());
    }
}
