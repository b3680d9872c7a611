//! `pom.xml`: <https://maven.apache.org/pom.html>. Only what decides whether its dependencies can be fetched
//! without the sources.

use roxmltree::{Document, Node};

/// A pom.xml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pom {
    /// Whether it is a pom of several modules.
    pub has_modules: bool,
    /// The path of its parent, where it has a parent: as written, or Maven's own.
    pub parent_path: Option<String>,
    /// Something that reads other files, or runs before the sources are compiled.
    pub reads_more: Option<&'static str>,
}

impl Pom {
    /// Reads the text of a pom.xml.
    ///
    /// # Errors
    /// Where it is not XML, or no project.
    pub fn parse(text: &str) -> Result<Self, String> {
        let document = Document::parse(text).map_err(|error| error.to_string())?;
        let project = document.root_element();
        if project.tag_name().name() != "project" {
            return Err("it is no `project`".to_owned());
        }
        let child = |node: Node<'_, '_>, name: &str| {
            node.children()
                .find(|child| child.tag_name().name() == name)
                .and_then(|child| child.text().map(|text| text.trim().to_owned()))
        };
        let parent = project
            .children()
            .find(|child| child.tag_name().name() == "parent");
        let is_empty_path = |parent: Node<'_, '_>| {
            parent
                .children()
                .any(|child| child.tag_name().name() == "relativePath" && child.text().is_none())
        };
        let parent_path = parent.map(|parent| {
            if is_empty_path(parent) {
                return String::new();
            }
            child(parent, "relativePath").unwrap_or_else(|| "../pom.xml".to_owned())
        });
        let named = |name: &str| {
            project
                .descendants()
                .any(|node| node.tag_name().name() == name)
        };
        let texts = |wanted: &str| {
            project
                .descendants()
                .filter_map(|node| node.text())
                .any(|text| text.trim() == wanted)
        };
        let reads_more = if texts("system") || named("systemPath") {
            Some("a dependency of the scope `system`")
        } else if named("extension") {
            Some("an extension of the build")
        } else if child(project, "packaging")
            .is_some_and(|kind| !matches!(kind.as_str(), "jar" | "war" | "ejb" | "ear"))
        {
            Some("an unusual packaging")
        } else if project
            .descendants()
            .filter(|node| matches!(node.tag_name().name(), "repository" | "pluginRepository"))
            .filter_map(|node| child(node, "url"))
            .any(|url| url.contains("file:") || url.contains("${"))
        {
            Some("a repository that may be a folder")
        } else {
            None
        };
        Ok(Self {
            has_modules: named("modules") || named("module"),
            parent_path,
            reads_more,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_module_with_a_parent_elsewhere_is_read() {
        let text = "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><parent><artifactId>a</artifactId><relativePath/></parent></project>";
        let pom = Pom::parse(text).expect("it is a pom");
        assert_eq!(pom.parent_path.as_deref(), Some(""));
        assert!(!pom.has_modules && pom.reads_more.is_none());
    }

    #[test]
    fn modules_and_system_scopes_are_seen() {
        let pom = Pom::parse("<project><modules><module>a</module></modules></project>")
            .expect("it is a pom");
        assert!(pom.has_modules);
        let text = "<project><dependencies><dependency><scope>system</scope></dependency></dependencies></project>";
        assert!(Pom::parse(text).expect("it is a pom").reads_more.is_some());
        assert!(Pom::parse("<html/>").is_err());
    }
}
