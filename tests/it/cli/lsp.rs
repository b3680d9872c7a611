//! `imgfix lsp`, as an editor speaks with it over standard input and output.

mod editor;

use serde_json::{Value, json};

use super::sandbox::{FINE, REWRITABLE, Sandbox};
use editor::{Editor, PULLS, PUSHED, applied};

/// Rewrites of each level: one is safe, one suggested; and one that is held back.
const LEVELS: &str = "FROM debian:12\nRUN apt-get update && apt-get install -y git\nRUN npm ci\n";

/// Texts in which positions are easily counted wrong.
fn spellings() -> Vec<String> {
    let plain = format!("# 𝄞é\n{LEVELS}");
    vec![
        plain.clone(),
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{LEVELS}"),
        format!("\u{feff}{}", LEVELS.replace('\n', "\r\n")),
        LEVELS.trim_end().to_owned(),
        LEVELS.replace("install -y git", "install -y git && echo '𝄞𝄞' > /a"),
        LEVELS.replace(
            "install -y git",
            "install -y git && \\\n    # 𝄞\n    echo é",
        ),
    ]
}

#[test]
fn what_is_found_is_sent() {
    let sandbox = Sandbox::repository(&[("a/Dockerfile", REWRITABLE)]);
    let mut editor = Editor::start(&sandbox, PUSHED);
    let uri = editor.open("a/Dockerfile", REWRITABLE);
    let sent = editor.published(&uri);
    assert_eq!(sent["version"], 1);
    let codes = codes(&sent["diagnostics"]);
    assert!(codes.contains(&"merge-runs".to_owned()), "{sent:#}");
    let first = &sent["diagnostics"][0];
    assert_eq!(first["source"], "imgfix");
    assert_eq!(first["severity"], 2);
    assert_eq!(first["range"]["start"]["line"], 1);
    let href = first["codeDescription"]["href"].as_str().expect("a page");
    assert!(href.ends_with(".md"), "{href}");
    editor.replace(&uri, 2, FINE);
    assert_eq!(editor.published(&uri)["diagnostics"], json!([]));
    editor.replace(&uri, 3, REWRITABLE);
    assert_ne!(editor.published(&uri)["diagnostics"], json!([]));
    editor.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri } }),
    );
    assert_eq!(editor.published(&uri)["diagnostics"], json!([]));
    assert_eq!(editor.end(), 0);
    assert_eq!(sandbox.read("a/Dockerfile"), REWRITABLE);
}

#[test]
fn pieces_that_are_typed_are_put_together() {
    let sandbox = Sandbox::repository(&[]);
    let mut editor = Editor::start(&sandbox, PULLS);
    let uri = editor.open("Dockerfile", "# 𝄞\nFROM debian:12\n");
    assert_eq!(editor.pulled(&uri)["items"], json!([]));
    let change = |line: u32, from: u32, to: u32, text: &str| {
        json!({
            "range": { "start": { "line": line, "character": from }, "end": { "line": line, "character": to } },
            "text": text,
        })
    };
    editor.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri, "version": 2 },
            "contentChanges": [
                change(2, 0, 0, "RUN apt-get update && apt-get install -y 𝄞\n"),
                // Behind the sign of two units, and in place of it.
                change(2, 43, 43, "curl"),
                change(2, 41, 43, ""),
                change(0, 2, 4, "a note"),
            ],
        }),
    );
    let whole = "# a note\nFROM debian:12\nRUN apt-get update && apt-get install -y curl\n";
    let typed = editor.pulled(&uri);
    let other = editor.open("other/Dockerfile", whole);
    assert_eq!(typed["items"], editor.pulled(&other)["items"]);
    assert_ne!(typed["items"], json!([]));
    let all = editor.actions(&uri, json!({ "only": ["source.imgfix"] }));
    let made = applied(whole, &all[0]);
    assert_eq!(made, sandbox.run_with(&["-"], whole).stdout);
}

#[test]
fn whoever_asks_is_not_sent_anything() {
    let sandbox = Sandbox::repository(&[]);
    let mut editor = Editor::start(&sandbox, PULLS);
    let uri = editor.open("Dockerfile", REWRITABLE);
    let first = editor.pulled(&uri);
    assert_eq!(first["kind"], "full");
    let known = first["resultId"].as_str().expect("a number").to_owned();
    let again = editor.pulled_since(&uri, &known);
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": known }));
    editor.replace(&uri, 2, FINE);
    let changed = editor.pulled_since(&uri, &known);
    assert_eq!(
        (&changed["kind"], &changed["items"]),
        (&json!("full"), &json!([]))
    );
    assert_eq!(editor.end(), 0);
    let sent = editor.rest();
    assert!(
        sent.iter()
            .all(|it| it["method"] != "textDocument/publishDiagnostics"),
        "{sent:?}"
    );
}

#[test]
fn the_file_becomes_what_the_program_prints() {
    let sandbox = Sandbox::repository(&[]);
    let mut editor = Editor::start(&sandbox, PULLS);
    for (at, text) in spellings().iter().enumerate() {
        let uri = editor.open(&format!("{at}/Dockerfile"), text);
        for (kind, flags) in [
            ("source.imgfix", &["-"][..]),
            ("source.fixAll.imgfix", &["-", "--safe"]),
            ("source.fixAll", &["-", "--safe"]),
        ] {
            let actions = editor.actions(&uri, json!({ "only": [kind] }));
            assert_eq!(actions.len(), 1, "{kind}: {actions:?}");
            let printed = sandbox.run_with(flags, text).stdout;
            assert_ne!(printed, *text);
            assert_eq!(applied(text, &actions[0]), printed, "{kind} of {text:?}");
        }
    }
}

#[test]
fn one_rewrite_is_made_by_itself() {
    let sandbox = Sandbox::repository(&[]);
    let mut editor = Editor::start(&sandbox, PULLS);
    let uri = editor.open("Dockerfile", LEVELS);
    let items = editor.pulled(&uri)["items"].clone();
    let line = |code: &str| {
        let item = items
            .as_array()
            .expect("items")
            .iter()
            .find(|it| it["code"] == code);
        item.unwrap_or_else(|| panic!("no {code} in {items:#}"))["range"].clone()
    };
    let npm = items
        .as_array()
        .expect("items")
        .iter()
        .find(|it| it["range"]["start"]["line"] == 2);
    let npm = npm.expect("a finding of npm").clone();
    let actions = editor.actions_at(&uri, &npm["range"], json!({ "only": ["quickfix"] }));
    let made = applied(LEVELS, &actions[0]);
    assert!(
        made.starts_with(LEVELS.split_once("RUN npm").expect("npm").0),
        "{made}"
    );
    assert_ne!(made, LEVELS);
    assert_eq!(actions[0]["diagnostics"], json!([npm]));
    assert_eq!(
        actions[0]["edit"]["documentChanges"][0]["textDocument"]["version"],
        1
    );
    // All of a kind: the clean-ups of both RUNs.
    let of_kind = editor.actions_at(&uri, &line("clean-package-caches"), json!({}));
    let of_kind = titled(
        &of_kind,
        "clean-package-caches: make all 2 rewrites in this file",
    );
    let made = applied(LEVELS, of_kind);
    let flags = ["-", "--select", "clean-package-caches"];
    assert_eq!(made, sandbox.run_with(&flags, LEVELS).stdout);
}

#[test]
fn what_is_held_back_is_made_for_whoever_asks_for_it() {
    let sandbox = Sandbox::repository(&[("imgfix.toml", "level = \"safe\"\n")]);
    let mut editor = Editor::start(&sandbox, PULLS);
    let uri = editor.open("Dockerfile", REWRITABLE);
    let items = editor.pulled(&uri)["items"].clone();
    let held = items
        .as_array()
        .expect("items")
        .iter()
        .find(|it| it["severity"] == 4);
    let held = held.unwrap_or_else(|| panic!("nothing is held back: {items:#}"));
    let message = held["message"].as_str().expect("a message");
    assert!(message.starts_with("held back (suggested): "), "{message}");
    let by = |trigger: u32| json!({ "only": ["quickfix"], "triggerKind": trigger });
    let actions = editor.actions_at(&uri, &held["range"], by(1));
    let of_held = |it: &&Value| it["diagnostics"] == json!([held]);
    let action = actions.iter().find(of_held).expect("an action");
    assert_ne!(applied(REWRITABLE, action), REWRITABLE);
    // On a save nobody asks for it.
    let actions = editor.actions_at(&uri, &held["range"], by(2));
    assert_eq!(actions.iter().find(of_held), None);
}

#[test]
fn a_save_makes_what_is_safe_alone() {
    let sandbox = Sandbox::repository(&[]);
    let mut editor = Editor::start(&sandbox, PULLS);
    let uri = editor.open("Dockerfile", LEVELS);
    let on_save = json!({
        "only": ["source", "quickfix"], "triggerKind": 2,
    });
    let actions = editor.actions(&uri, on_save);
    let safe = sandbox.run_with(&["-", "--safe"], LEVELS).stdout;
    let all = sandbox.run_with(&["-"], LEVELS).stdout;
    assert_ne!(safe, all);
    let fix_all: Vec<_> = actions
        .iter()
        .filter(|it| it["kind"] == "source.fixAll.imgfix")
        .collect();
    assert_eq!(fix_all.len(), 1);
    assert_eq!(applied(LEVELS, fix_all[0]), safe);
    assert!(
        actions.iter().all(|it| it["kind"] != "source.imgfix"),
        "{actions:?}"
    );
    for action in actions.iter().filter(|it| it["kind"] == "quickfix") {
        assert_eq!(action["isPreferred"], true, "{action:#}");
    }
}

#[test]
fn an_editor_that_watches_files_is_asked_to() {
    let sandbox = Sandbox::repository(&[]);
    let mut editor = Editor::start(
        &sandbox,
        r#"{
            "textDocument": { "diagnostic": {} },
            "workspace": {
                "didChangeWatchedFiles": { "dynamicRegistration": true },
                "diagnostics": { "refreshSupport": true }
            }
        }"#,
    );
    let asked = editor.asked("client/registerCapability");
    let registration = &asked["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let watchers = &registration["registerOptions"]["watchers"];
    let watchers = watchers.as_array().expect("watchers");
    assert!(
        watchers.contains(&json!({ "globPattern": "**/imgfix.toml" })),
        "{watchers:?}"
    );
    let uri = editor.open("Dockerfile", REWRITABLE);
    assert_ne!(editor.pulled(&uri)["items"], json!([]));
    sandbox.write("imgfix.toml", "exclude = [\"Dockerfile\"]\n");
    editor.notify(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": uri } }),
    );
    editor.asked("workspace/diagnostic/refresh");
    assert_eq!(editor.pulled(&uri)["items"], json!([]));
    // It takes no versions with its changes.
    sandbox.write("imgfix.toml", "");
    editor.notify(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": uri } }),
    );
    let actions = editor.actions(&uri, json!({ "only": ["source.imgfix"] }));
    assert_eq!(actions[0]["edit"]["documentChanges"], Value::Null);
    let printed = sandbox.run_with(&["-"], REWRITABLE).stdout;
    assert_eq!(applied(REWRITABLE, &actions[0]), printed);
}

#[test]
fn the_page_of_a_transform_is_shown() {
    let sandbox = Sandbox::repository(&[]);
    let mut editor = Editor::start(&sandbox, PULLS);
    let uri = editor.open("Dockerfile", REWRITABLE);
    let item = editor.pulled(&uri)["items"][0].clone();
    let shown = editor.hover(&uri, &item["range"]["start"]);
    assert_eq!(shown["contents"]["kind"], "markdown");
    let text = shown["contents"]["value"].as_str().expect("a text");
    let id = item["code"].as_str().expect("a code");
    let page = sandbox.run(&["explain", id]).stdout;
    assert!(text.contains(page.trim_end()), "{text}");
    let nowhere = json!({ "line": 0, "character": 0 });
    assert_eq!(editor.hover(&uri, &nowhere), Value::Null);
}

#[test]
fn the_configuration_of_its_folder_counts() {
    let sandbox = Sandbox::repository(&[
        ("a/imgfix.toml", "nonsense = 1\n"),
        ("b/imgfix.toml", "exclude = [\"Dockerfile\"]\n"),
    ]);
    let mut editor = Editor::start(&sandbox, PUSHED);
    let uri = editor.open("a/Dockerfile", REWRITABLE);
    let sent = editor.published(&uri);
    let only = &sent["diagnostics"][0];
    assert_eq!(only["severity"], 1, "{sent:#}");
    let message = only["message"].as_str().expect("a message");
    assert!(
        message.starts_with("a/imgfix.toml:1: unknown key `nonsense`"),
        "{message}"
    );
    sandbox.write("a/imgfix.toml", "ignore = [\"merge-runs\"]\n");
    let settings = editor.uri("a/imgfix.toml");
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": settings, "type": 2 }] }),
    );
    let sent = editor.published(&uri);
    let codes = codes(&sent["diagnostics"]);
    assert!(
        !codes.is_empty() && !codes.contains(&"merge-runs".to_owned()),
        "{sent:#}"
    );
    let excluded = editor.open("b/Dockerfile", REWRITABLE);
    assert_eq!(editor.published(&excluded)["diagnostics"], json!([]));
}

#[test]
fn what_lies_around_counts() {
    let dockerfile = "FROM debian:12\nWORKDIR /app\nADD data.txt .\n";
    let sandbox = Sandbox::repository(&[("a b/Dockerfile", dockerfile), ("a b/data.txt", "x\n")]);
    let mut editor = Editor::start(&sandbox, PULLS);
    let uri = editor.open("a b/Dockerfile", dockerfile);
    assert!(uri.contains("%20"), "{uri}");
    let name = ["-", "--stdin-filename", "a b/Dockerfile"];
    let printed = sandbox.run_with(&name, dockerfile).stdout;
    assert_ne!(printed, dockerfile);
    let actions = editor.actions(&uri, json!({ "only": ["source.imgfix"] }));
    assert_eq!(applied(dockerfile, &actions[0]), printed);
}

#[test]
fn only_dockerfiles_are_looked_at() {
    let sandbox = Sandbox::repository(&[]);
    let mut editor = Editor::start(&sandbox, PULLS);
    let text = editor.open_as("notes.txt", "plaintext", REWRITABLE);
    assert_eq!(editor.pulled(&text)["items"], json!([]));
    let named = editor.open_as("api.Dockerfile", "plaintext", REWRITABLE);
    assert_ne!(editor.pulled(&named)["items"], json!([]));
    let said = editor.open_as("build.txt", "dockerfile", REWRITABLE);
    assert_ne!(editor.pulled(&said)["items"], json!([]));
    for (uri, is_ours) in [("untitled:Untitled-1", true), ("git:/a/Dockerfile", false)] {
        editor.open_uri(uri, "dockerfile", REWRITABLE);
        let items = editor.pulled(uri)["items"].clone();
        assert_eq!(items != json!([]), is_ours, "{uri}: {items:#}");
    }
    let binary = editor.open("Dockerfile", "FROM a\0\n");
    let items = editor.pulled(&binary)["items"].clone();
    assert_eq!(items[0]["severity"], 1, "{items:#}");
}

#[test]
fn the_end_is_told_by_the_status() {
    let sandbox = Sandbox::repository(&[]);
    assert_eq!(Editor::start(&sandbox, PULLS).end(), 0);
    let mut hasty = Editor::start(&sandbox, PULLS);
    hasty.notify("exit", Value::Null);
    assert_eq!(hasty.status(), 2);
    sandbox
        .run(&["lsp"])
        .ends_with(2)
        .says("is started by an editor");
    sandbox
        .run(&["lsp", "--config", "gone.toml"])
        .ends_with(2)
        .says("gone.toml: ");
}

#[test]
fn the_page_starts_the_server_as_it_is() {
    let page = std::fs::read_to_string(crate::root().join("docs/editors.md")).expect("a page");
    let block = |language: &str, at: usize| {
        let fence = format!("```{language}\n");
        let blocks = page.split(&fence).skip(1);
        let mut blocks = blocks.map(|part| part.split("```").next().unwrap_or_default());
        blocks.nth(at).expect("a block").to_owned()
    };
    let json = |at| serde_json::from_str::<Value>(&block("json", at)).expect("JSON");
    let (code, zed) = (json(0), json(1));
    let helix: Value = toml::from_str(&block("toml", 0)).expect("TOML");
    let helix = &helix["language-server"]["imgfix"];
    let zed = &zed["lsp"]["dockerfile-language-server"]["binary"];
    for (command, arguments) in [
        (
            &code["glspc.server.command"],
            &code["glspc.server.commandArguments"],
        ),
        (&helix["command"], &helix["args"]),
        (&zed["path"], &zed["arguments"]),
    ] {
        // What the editors of these tests start.
        assert_eq!((command, arguments), (&json!("imgfix"), &json!(["lsp"])));
    }
    assert!(block("lua", 0).contains("cmd = { \"imgfix\", \"lsp\" },"));
    let mut editor = Editor::start(&Sandbox::repository(&[]), PULLS);
    let kinds = editor.capabilities["codeActionProvider"]["codeActionKinds"].clone();
    let kinds: Vec<&str> = kinds
        .as_array()
        .expect("kinds")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(kinds.len(), 3);
    for kind in kinds {
        assert!(
            page.contains(&format!("| `{kind}` |")),
            "the page does not name {kind}"
        );
    }
    assert_eq!(editor.end(), 0);
}

fn codes(diagnostics: &Value) -> Vec<String> {
    let diagnostics = diagnostics.as_array().expect("diagnostics").iter();
    diagnostics
        .map(|it| it["code"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[track_caller]
fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|it| it["title"] == title);
    found.unwrap_or_else(|| panic!("no {title:?} in {actions:#?}"))
}
