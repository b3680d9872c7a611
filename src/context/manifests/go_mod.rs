//! `go.mod`: <https://go.dev/ref/mod#go-mod-file>. Of its lines, only which modules it replaces by folders,
//! and how many it requires, are of use here.

/// A go.mod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoMod {
    /// How many modules it requires.
    pub requirements: usize,
    /// The version of the `go` line.
    pub go: Option<String>,
    /// The modules it requires, by their paths.
    pub modules: Vec<String>,
    replaced_by: Vec<String>,
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
                self.requirements += 1;
                self.modules
                    .extend(words.first().map(|&path| path.trim_matches('"').to_owned()));
            }
            "go" => self.go = words.first().map(|&version| version.to_owned()),
            "replace" => {
                let arrow = words.iter().position(|word| *word == "=>");
                let target = arrow.and_then(|at| words.get(at + 1));
                self.replaced_by
                    .extend(target.map(|&target| target.trim_matches('"').to_owned()));
            }
            _ => {}
        }
    }

    /// The folders that stand in for modules, as written.
    pub fn local_replacements(&self) -> impl Iterator<Item = &str> {
        let targets = self.replaced_by.iter().map(String::as_str);
        targets.filter(|target| target.starts_with(['.', '/']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_lines_are_read() {
        let text = "module a\n\ngo 1.21\n\nrequire (\n\tb v1.0.0 // indirect\n\tc v1.0.0\n)\nrequire d v0.1.0\nreplace b => ./b\nreplace c v1.0.0 => e v1.0.0\n";
        let module = GoMod::parse(text).expect("it is a go.mod");
        assert_eq!(
            (module.requirements, module.go.as_deref()),
            (3, Some("1.21"))
        );
        assert_eq!(module.local_replacements().collect::<Vec<_>>(), ["./b"]);
    }

    #[test]
    fn what_is_no_go_mod_is_refused() {
        assert!(GoMod::parse("").is_err());
        assert!(GoMod::parse("module a\nrequire (\n").is_err());
    }
}
