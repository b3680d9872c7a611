//! Comments that speak to imgfix: `# imgfix: ignore[merge-runs] reason`.

use imgfix_syntax::{File, ItemKind};

/// What a pragma above an instruction asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// The item of the instruction.
    pub item: usize,
    /// The transforms that keep off.
    pub transforms: Covered,
}

/// Which transforms a pragma speaks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covered {
    /// All of them.
    All,
    /// Those of these names.
    Named(Vec<String>),
}

impl Ignore {
    /// Whether it speaks to a transform.
    pub fn covers(&self, transform: &str) -> bool {
        match &self.transforms {
            Covered::All => true,
            Covered::Named(ids) => ids.iter().any(|id| id == transform),
        }
    }
}

/// What stands behind `# imgfix:` in a comment line.
pub(super) fn body(line: &str) -> Option<&str> {
    let text = line.trim().trim_start_matches('#').trim_start();
    Some(text.strip_prefix("imgfix:")?.trim())
}

/// The pragmas of a file. One speaks of the instruction below it, over other comments but not over a
/// blank line.
pub(super) fn find(text: &str, file: &File) -> Vec<Ignore> {
    let mut found = Vec::new();
    let mut pending: Vec<Covered> = Vec::new();
    for (at, item) in file.items.iter().enumerate() {
        match &item.kind {
            ItemKind::Comment => pending.extend(body(item.range.slice(text)).and_then(ignored)),
            ItemKind::Blank => pending.clear(),
            ItemKind::Instruction(instruction) => {
                let inner = instruction
                    .comments
                    .iter()
                    .filter_map(|range| ignored(body(range.slice(text))?));
                found.extend(pending.drain(..).chain(inner).map(|transforms| Ignore {
                    item: at,
                    transforms,
                }));
            }
            ItemKind::ByteOrderMark | ItemKind::Directive(_) => {}
        }
    }
    found
}

/// `ignore` → all, `ignore[a, b]` → these.
fn ignored(body: &str) -> Option<Covered> {
    let rest = body.strip_prefix("ignore")?;
    if let Some(list) = rest.strip_prefix('[') {
        let (ids, _) = list.split_once(']')?;
        return Some(Covered::Named(
            ids.split(',').map(|id| id.trim().to_owned()).collect(),
        ));
    }
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(Covered::All)
}
