//! The book in `docs/`: pages that are generated are current, each page is in the contents, and links lead somewhere.
//! `IMGFIX_BLESS=1` writes the generated ones.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::root;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Holds a generated page to what it would be now.
fn is_current(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("IMGFIX_BLESS").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder is made");
        fs::write(&file, text).expect("the page is written");
    }
    assert_eq!(
        fs::read_to_string(&file).unwrap_or_default(),
        text,
        "{path}: `IMGFIX_BLESS=1 cargo test --test it docs` renews it"
    );
}

/// The pages below `docs/`, from there.
fn pages() -> Vec<String> {
    let mut pages = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join("docs").join(&folder)).expect("the folder") {
            let entry = entry.expect("an entry");
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                pages.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    pages.sort();
    pages
}

/// The targets of the links in a page, without those to the web; blocks of code hold none.
fn links(text: &str) -> Vec<&str> {
    let outside = text.split("```").step_by(2);
    let targets = outside.flat_map(|part| part.split("](").skip(1));
    targets
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| !target.contains("://") && !target.starts_with('#'))
        .collect()
}

#[test]
fn links_lead_somewhere() {
    let mut pages: Vec<String> = pages().iter().map(|it| format!("docs/{it}")).collect();
    pages.extend(["README.md", "CONTRIBUTING.md"].map(str::to_owned));
    let mut count = 0;
    for page in pages {
        for target in links(&read(&page)) {
            let file = target.split('#').next().unwrap_or_default();
            let path = root().join(&page).with_file_name(file);
            assert!(path.exists(), "{page}: there is no {target}");
            // A book has nothing from outside its folder.
            let leaves = page.starts_with("docs/") && target.starts_with("../");
            assert!(!leaves, "{page}: {target} is not in the book");
            count += 1;
        }
    }
    assert!(count > 30, "only {count} links were found");
}

#[test]
fn each_page_is_in_the_contents() {
    let summary = read("docs/SUMMARY.md");
    let mut listed: Vec<&str> = links(&summary);
    listed.push("SUMMARY.md");
    listed.sort_unstable();
    assert_eq!(listed, pages());
}

/// The contents name the transforms in their order, and each has a page that shows the one beside its source.
#[test]
fn pages_of_transforms_are_current() {
    let mut contents = String::new();
    let mut index = String::from(
        "# Transforms\n\nIn the order in which they run. Each page says what the transform does, why, when it \
         declines, and by which name of a reason. A RUN, a stage or a file is left alone where one of the reasons \
         holds; `imgfix --explain` says which, and `imgfix explain ID` prints the page.\n\n\
         | transform | what it does |\n| --- | --- |\n",
    );
    for meta in imgfix::transforms() {
        let source = meta.id.0.replace('-', "_");
        is_current(
            &format!("docs/transforms/{}.md", meta.id),
            &format!("{{{{#include ../../transforms/{source}.md}}}}\n"),
        );
        let _ = writeln!(contents, "  - [{0}](transforms/{0}.md)", meta.id);
        let _ = writeln!(
            index,
            "| [{0}](transforms/{0}.md) | {1} |",
            meta.id, meta.summary
        );
    }
    index.push_str(
        "\nWhole files are left alone for these:\n\n| reason | what it says |\n| --- | --- |\n",
    );
    for reason in imgfix::engine::reasons::ALL {
        let _ = writeln!(index, "| `{}` | {} |", reason.id, reason.message);
    }
    is_current("docs/transforms.md", &index);
    assert!(
        read("docs/SUMMARY.md").contains(&contents),
        "docs/SUMMARY.md wants these lines:\n{contents}"
    );
}

#[test]
fn the_reference_of_the_configuration_is_current() {
    let schema: Value = serde_json::from_str(&read("imgfix.schema.json")).expect("JSON");
    let mut page = String::from(
        "# Configuration\n\n`imgfix.toml` lies in the file's folder or above it, up to the repository's root; flags \
         override it, and `imgfix config` prints what counts and where it comes from. A key that there is not is an \
         error that names the nearest one. Editors complete and check it with \
         [imgfix.schema.json](https://github.com/imgfix/imgfix/blob/main/imgfix.schema.json), from which this page is \
         made.\n\n",
    );
    page.push_str(schema["description"].as_str().expect("a description"));
    page.push_str("\n\n## Keys of the file\n\n");
    let is_table =
        |value: &Value| definition(&schema, value).is_some_and(|it| it["type"] == "object");
    let top = schema["properties"].as_object().expect("keys");
    rows(
        &mut page,
        &schema,
        top.iter()
            .filter(|(_, value)| !is_table(value) && !is_list_of_tables(value)),
    );
    for (key, value) in top.iter().filter(|(_, value)| is_table(value)) {
        let table = definition(&schema, value).expect("a table");
        let Some(keys) = table["properties"].as_object() else {
            continue;
        };
        let _ = write!(page, "\n## `[{key}]`\n\n{}\n\n", described(value));
        rows(&mut page, &schema, keys.iter());
    }
    let overrides = &top["overrides"];
    let table = definition(&schema, &overrides["items"]).expect("a table");
    let keys = table["properties"].as_object().expect("keys");
    let _ = write!(
        page,
        "\n## `[[overrides]]`\n\n{} `paths` has to be there. A table of a transform is written below it: \
         `[overrides.split-stages]`.\n\n",
        described(overrides)
    );
    rows(&mut page, &schema, keys.iter());
    page.push_str(
        "\n## In a Dockerfile\n\n`# imgfix: ignore` above an instruction keeps all transforms off it, \
         `# imgfix: ignore[merge-runs]` that one; what stands behind it says why. `# imgfix: ignore-file` anywhere \
         keeps them off the file.\n",
    );
    is_current("docs/configuration.md", &page);
}

/// What a value refers to.
fn definition<'a>(schema: &'a Value, value: &Value) -> Option<&'a Value> {
    let name = value["$ref"].as_str()?.strip_prefix("#/$defs/")?;
    schema["$defs"].get(name)
}

fn is_list_of_tables(value: &Value) -> bool {
    value["items"]["$ref"].is_string() && value["items"]["$ref"] == "#/$defs/Override"
}

fn described(value: &Value) -> &str {
    value["description"].as_str().expect("a description")
}

fn rows<'a>(
    page: &mut String,
    schema: &Value,
    keys: impl Iterator<Item = (&'a String, &'a Value)>,
) {
    page.push_str("| key | what it says | value |\n| --- | --- | --- |\n");
    for (key, value) in keys {
        let kind = kind(schema, value).replace('|', "\\|");
        let _ = writeln!(
            page,
            "| `{key}` | {} | {kind} |",
            described(value).replace('|', "\\|")
        );
    }
}

/// What may be written for a value.
fn kind(schema: &Value, value: &Value) -> String {
    if let Some(definition) = definition(schema, value) {
        if let Some(choices) = definition["oneOf"].as_array() {
            let names = choices.iter().filter_map(|it| it["const"].as_str());
            return names
                .map(|it| format!("`\"{it}\"`"))
                .collect::<Vec<_>>()
                .join(", ");
        }
        return "a table".to_owned();
    }
    match value["type"].as_str() {
        Some("array") => match kind(schema, &value["items"]).as_str() {
            "text" => "a list of texts".to_owned(),
            items => format!("a list of {items}"),
        },
        Some("object") => "a table of texts".to_owned(),
        Some("boolean") => "`true`, `false`".to_owned(),
        Some("number") => "a number".to_owned(),
        Some("string") => "text".to_owned(),
        other => panic!("no words for {other:?}: {value}"),
    }
}

#[test]
fn entry_points_of_the_library_have_examples() {
    let sources = [
        "src/lib.rs",
        "syntax/src/reader.rs",
        "syntax/src/shell/mod.rs",
    ];
    for path in sources {
        let text = read(path);
        let mut comment = String::new();
        let mut found = 0;
        for line in text.lines() {
            if let Some(words) = line.strip_prefix("///") {
                comment.push_str(words);
                comment.push('\n');
            } else if let Some(name) = line.strip_prefix("pub fn ") {
                assert!(comment.contains("```\n"), "{path}: `{name}` has no example");
                found += 1;
            } else if !line.starts_with("#[") {
                comment.clear();
            }
        }
        assert!(found > 0, "{path}: no entry point");
    }
}

#[test]
fn the_book_is_made_of_these_pages() {
    let book: toml::Table = read("book.toml").parse().expect("TOML");
    assert_eq!(book["book"]["src"].as_str(), Some("docs"));
    assert!(Path::new(root()).join("docs/SUMMARY.md").exists());
}
