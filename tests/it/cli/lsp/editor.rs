//! An editor, as far as a language server sees it. It shares nothing with the server: it writes its own frames
//! and counts its own positions.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::sandbox::{Sandbox, command};

/// An editor that is sent diagnostics.
pub(super) const PUSHED: &str =
    r#"{ "workspace": { "workspaceEdit": { "documentChanges": true } } }"#;

/// One that asks for them.
pub(super) const PULLS: &str = r#"{
    "textDocument": { "diagnostic": {} },
    "workspace": { "workspaceEdit": { "documentChanges": true } }
}"#;

/// So long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running server, and what it said.
pub(super) struct Editor {
    server: Child,
    folder: PathBuf,
    said: Receiver<Value>,
    /// What it said, and nobody asked for yet.
    kept: VecDeque<Value>,
    requests: i64,
    /// What the server says that it can do.
    pub(super) capabilities: Value,
}

impl Editor {
    /// Starts the server in the folder of a test.
    pub(super) fn start(sandbox: &Sandbox, capabilities: &str) -> Self {
        let folder = sandbox.path("").canonicalize().expect("a folder");
        let mut server = command(&folder, &["lsp"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let stdout = server.stdout.take().expect("a pipe");
        let (sender, said) = channel();
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self {
            server,
            folder,
            said,
            kept: VecDeque::new(),
            requests: 0,
            capabilities: Value::Null,
        };
        let capabilities: Value = serde_json::from_str(capabilities).expect("capabilities");
        let root = editor.uri("");
        let answer = editor.request(
            "initialize",
            json!({ "processId": null, "rootUri": root, "capabilities": capabilities }),
        );
        editor.capabilities = answer["capabilities"].clone();
        assert_eq!(editor.capabilities["positionEncoding"], "utf-16");
        editor.notify("initialized", json!({}));
        editor
    }

    /// The address of a file.
    pub(super) fn uri(&self, path: &str) -> String {
        let mut uri = "file://".to_owned();
        for byte in self.folder.join(path).to_string_lossy().bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
        uri
    }

    /// Opens a Dockerfile.
    pub(super) fn open(&mut self, path: &str, text: &str) -> String {
        self.open_as(path, "dockerfile", text)
    }

    pub(super) fn open_as(&mut self, path: &str, language: &str, text: &str) -> String {
        let uri = self.uri(path);
        self.open_uri(&uri, language, text);
        uri
    }

    pub(super) fn open_uri(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Sends the whole text anew.
    pub(super) fn replace(&mut self, uri: &str, version: i32, text: &str) {
        self.notify(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": version },
                "contentChanges": [{ "text": text }],
            }),
        );
    }

    /// The next diagnostics that are sent for a document.
    pub(super) fn published(&mut self, uri: &str) -> Value {
        let message = self.next(|it| {
            it["method"] == "textDocument/publishDiagnostics" && it["params"]["uri"] == uri
        });
        message["params"].clone()
    }

    /// What the server asks the editor for next: the parameters.
    pub(super) fn asked(&mut self, method: &str) -> Value {
        let message = self.next(|it| it["method"] == method && !it["id"].is_null());
        let answer = json!({ "jsonrpc": "2.0", "id": message["id"], "result": null });
        self.send(&answer);
        message["params"].clone()
    }

    /// The diagnostics of a document, asked for.
    pub(super) fn pulled(&mut self, uri: &str) -> Value {
        let params = json!({ "textDocument": { "uri": uri } });
        self.request("textDocument/diagnostic", params)
    }

    pub(super) fn pulled_since(&mut self, uri: &str, known: &str) -> Value {
        let params = json!({ "textDocument": { "uri": uri }, "previousResultId": known });
        self.request("textDocument/diagnostic", params)
    }

    /// The actions for a whole document.
    pub(super) fn actions(&mut self, uri: &str, context: Value) -> Vec<Value> {
        let all = json!({
            "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 },
        });
        self.actions_at(uri, &all, context)
    }

    pub(super) fn actions_at(
        &mut self,
        uri: &str,
        range: &Value,
        mut context: Value,
    ) -> Vec<Value> {
        context["diagnostics"] = json!([]);
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        let answer = self.request("textDocument/codeAction", params);
        answer.as_array().expect("actions").clone()
    }

    pub(super) fn hover(&mut self, uri: &str, position: &Value) -> Value {
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        self.request("textDocument/hover", params)
    }

    /// Asks, and waits for the answer.
    #[track_caller]
    pub(super) fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        message["params"] = params;
        self.send(&message);
        let answer = self.next(|it| it["id"] == id && it["method"].is_null());
        assert_eq!(answer["error"], Value::Null, "{method}");
        answer["result"].clone()
    }

    pub(super) fn notify(&mut self, method: &str, params: Value) {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        message["params"] = params;
        self.send(&message);
    }

    /// Ends the server as editors do: its exit status.
    pub(super) fn end(&mut self) -> i32 {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.status()
    }

    pub(super) fn status(&mut self) -> i32 {
        let status = self.server.wait().expect("the server ends");
        status.code().expect("an exit status")
    }

    /// What else it said, once it has ended.
    pub(super) fn rest(&mut self) -> Vec<Value> {
        let said = self.said.iter();
        self.kept.drain(..).chain(said).collect()
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let stdin = self.server.stdin.as_mut().expect("a pipe");
        write!(stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server reads");
        stdin.flush().expect("the server reads");
    }

    #[track_caller]
    fn next(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is_wanted) {
            return self.kept.remove(at).expect("it is there");
        }
        loop {
            let message = self
                .said
                .recv_timeout(PATIENCE)
                .expect("the server answers");
            if is_wanted(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // One that has ended cannot be killed, and need not be.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn read(stdout: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => {
                if let Some(value) = line.strip_prefix("Content-Length: ") {
                    length = value.parse().ok();
                }
            }
        }
    }
    let mut body = vec![0; length?];
    stdout.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The text after an action, as an editor makes it: in units of UTF-16, from the back.
pub(super) fn applied(text: &str, action: &Value) -> String {
    let edit = &action["edit"];
    let edits = match &edit["documentChanges"] {
        Value::Null => edit["changes"]
            .as_object()
            .expect("changes")
            .values()
            .next(),
        changes => Some(&changes[0]["edits"]),
    };
    let mut units: Vec<u16> = text.encode_utf16().collect();
    let place = |units: &[u16], position: &Value| {
        let line = position["line"].as_u64().expect("a line");
        let character = position["character"].as_u64().expect("a column");
        let mut start = 0;
        for _ in 0..line {
            let newline = units[start..]
                .iter()
                .position(|&unit| unit == u16::from(b'\n'));
            start += newline.expect("as many lines") + 1;
        }
        start + usize::try_from(character).expect("a column")
    };
    let edits = edits.and_then(Value::as_array).expect("edits");
    let mut places: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
            let new = edit["newText"].as_str().expect("a text");
            (place(&units, start), place(&units, end), new)
        })
        .collect();
    places.sort_unstable();
    for (start, end, new) in places.into_iter().rev() {
        units.splice(start..end, new.encode_utf16());
    }
    String::from_utf16(&units).expect("no half of a character")
}
