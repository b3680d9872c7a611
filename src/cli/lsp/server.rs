//! What the editor says, one message after the other, on one thread: a document is looked at when nothing more
//! is waiting, or when an answer needs it.

use std::collections::{BTreeMap, VecDeque};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    CancelParams, CodeActionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentDiagnosticParams, HoverParams, NumberOrString,
    PublishDiagnosticsParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::{Client, Delivery, Watching};
use super::document::{Document, State};
use super::text::Text;
use super::workspace::Workspace;
use super::{actions, diagnostics, hover};
use crate::cli::Status;
use crate::report::findings::TOOL;

/// What of the files beside a Dockerfile says most of it, where the editor watches files for us.
const WATCHED: &[&str] = &[
    "**/imgfix.toml",
    "**/*.dockerignore",
    "**/*{Dockerfile,dockerfile,Containerfile,containerfile}*",
    "**/*compose*.{yml,yaml}",
    "**/*bake*.{hcl,json}",
    "**/.github/workflows/*",
    "**/.gitlab-ci.yml",
];

/// What the server can do, as `initialize` answers it.
pub(super) fn capabilities() -> Value {
    json!({
        "capabilities": {
            "positionEncoding": "utf-16",
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "hoverProvider": true,
            "codeActionProvider": {
                "codeActionKinds": ["quickfix", actions::FIX_ALL, actions::REWRITE],
            },
            "diagnosticProvider": {
                "identifier": TOOL.name,
                // What is found depends on the files of the build context.
                "interFileDependencies": true,
                "workspaceDiagnostics": false,
            },
        },
        "serverInfo": { "name": TOOL.name, "version": TOOL.version },
    })
}

/// The state of a connection.
pub(super) struct Server<'a> {
    connection: &'a Connection,
    client: Client,
    workspace: Workspace<'a>,
    /// By their addresses, as the editor writes them.
    documents: BTreeMap<String, Document>,
    /// What came and was not looked at yet.
    inbox: VecDeque<Message>,
    /// How many answers with diagnostics there were: their numbers are never used twice.
    answers: u64,
    /// How many requests were sent to the editor.
    requests: i32,
    /// Whether the editor said that it will end.
    is_shut_down: bool,
}

/// What a request is answered with.
type Answer = Result<Value, (ErrorCode, String)>;

impl<'a> Server<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        client: Client,
        workspace: Workspace<'a>,
    ) -> Self {
        Self {
            connection,
            client,
            workspace,
            documents: BTreeMap::new(),
            inbox: VecDeque::new(),
            answers: 0,
            requests: 0,
            is_shut_down: false,
        }
    }

    /// Answers until the editor says `exit`, or is gone.
    pub(super) fn serve(mut self) -> Status {
        self.watch_files();
        loop {
            if self.inbox.is_empty() {
                self.push();
                match self.connection.receiver.recv() {
                    Ok(message) => self.receive(message),
                    Err(_) => return Status::Failed,
                }
            }
            // What waits may say that what waits before it is not wanted any more.
            while let Ok(message) = self.connection.receiver.try_recv() {
                self.receive(message);
            }
            match self.inbox.pop_front() {
                Some(Message::Notification(it)) if it.method == notification::Exit::METHOD => {
                    return if self.is_shut_down {
                        Status::Done
                    } else {
                        Status::Failed
                    };
                }
                Some(Message::Notification(it)) => self.notice(it),
                Some(Message::Request(request)) => self.answer(request),
                Some(Message::Response(response)) => {
                    if let Err(error) = response.response_result {
                        log::warn!("the editor refuses: {}", error.message);
                    }
                }
                None => {}
            }
        }
    }

    /// Takes a message in. One that cancels a request which still waits answers it at once.
    fn receive(&mut self, message: Message) {
        let canceled = match &message {
            Message::Notification(it) if it.method == notification::Cancel::METHOD => {
                serde_json::from_value::<CancelParams>(it.params.clone()).ok()
            }
            _ => None,
        };
        let Some(canceled) = canceled else {
            self.inbox.push_back(message);
            return;
        };
        let id = match canceled.id {
            NumberOrString::Number(number) => RequestId::from(number),
            NumberOrString::String(text) => RequestId::from(text),
        };
        let is_it = |it: &Message| matches!(it, Message::Request(request) if request.id == id);
        if let Some(at) = self.inbox.iter().position(is_it) {
            self.inbox.remove(at);
            let message = "the request was canceled".to_owned();
            self.respond(id, Err((ErrorCode::RequestCanceled, message)));
        }
    }

    fn notice(&mut self, it: Notification) {
        match it.method.as_str() {
            notification::DidOpenTextDocument::METHOD => self.with(it, Self::open),
            notification::DidChangeTextDocument::METHOD => self.with(it, Self::change),
            notification::DidCloseTextDocument::METHOD => self.with(it, Self::close),
            notification::DidSaveTextDocument::METHOD
            | notification::DidChangeWatchedFiles::METHOD => {
                self.workspace.forget();
                if self.client.diagnostics == Delivery::PullWithRefresh {
                    self.request(request::WorkspaceDiagnosticRefresh::METHOD, Value::Null);
                }
            }
            _ => {}
        }
    }

    /// Hands the parameters of a notification on.
    fn with<P: DeserializeOwned>(&mut self, it: Notification, handle: fn(&mut Self, P)) {
        match serde_json::from_value(it.params) {
            Ok(params) => handle(self, params),
            Err(error) => log::warn!("{}: {error}", it.method),
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let it = params.text_document;
        let document = Document {
            language: it.language_id,
            version: it.version,
            text: Text::new(it.text),
            state: State::Unknown,
            told: None,
            uri: it.uri,
        };
        // A file that comes may be one that was made just now.
        self.workspace.forget();
        self.documents
            .insert(document.uri.as_str().to_owned(), document);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let it = params.text_document;
        if let Some(document) = self.documents.get_mut(it.uri.as_str()) {
            document.version = it.version;
            document.state = State::Unknown;
            for change in params.content_changes {
                document.text.apply(change);
            }
        }
    }

    fn close(&mut self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        let closed = self.documents.remove(uri.as_str());
        let has_shown = closed.and_then(|it| it.told).is_some();
        if has_shown && self.client.diagnostics == Delivery::Push {
            self.notify(PublishDiagnosticsParams::new(uri, Vec::new(), None));
        }
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = if self.is_shut_down {
            let message = "the server was told to shut down".to_owned();
            Err((ErrorCode::InvalidRequest, message))
        } else {
            match method.as_str() {
                request::Shutdown::METHOD => {
                    self.is_shut_down = true;
                    Ok(Value::Null)
                }
                request::CodeActionRequest::METHOD => parsed(params).map(|it| self.actions(&it)),
                request::HoverRequest::METHOD => parsed(params).map(|it| self.hover(&it)),
                request::DocumentDiagnosticRequest::METHOD => {
                    parsed(params).map(|it| self.pull(&it))
                }
                _ => Err((
                    ErrorCode::MethodNotFound,
                    format!("unknown request `{method}`"),
                )),
            }
        };
        self.respond(id, answer);
    }

    fn actions(&mut self, params: &CodeActionParams) -> Value {
        let edits = self.client.edits;
        self.analysed(&params.text_document.uri)
            .map_or(Value::Null, |document| {
                value(actions::of(document, params.range, &params.context, edits))
            })
    }

    fn hover(&mut self, params: &HoverParams) -> Value {
        let at = &params.text_document_position_params;
        self.analysed(&at.text_document.uri)
            .map_or(Value::Null, |document| {
                value(hover::at(document, at.position))
            })
    }

    /// The diagnostics that the editor asks for, or that they are those that it has.
    fn pull(&mut self, params: &DocumentDiagnosticParams) -> Value {
        let uri = &params.text_document.uri;
        let Some(number) = self.told(uri) else {
            return json!({ "kind": "full", "items": [] });
        };
        let id = number.to_string();
        if params.previous_result_id.as_ref() == Some(&id) {
            return json!({ "kind": "unchanged", "resultId": id });
        }
        let document = self.documents.get(uri.as_str());
        let told = document.and_then(|document| document.told.as_ref());
        let items = told.map(|(_, diagnostics)| diagnostics);
        json!({ "kind": "full", "resultId": id, "items": items })
    }

    /// Sends the diagnostics of documents where they changed.
    fn push(&mut self) {
        if self.client.diagnostics != Delivery::Push {
            return;
        }
        let documents = self.documents.values();
        let uris: Vec<Uri> = documents.map(|document| document.uri.clone()).collect();
        for uri in uris {
            let before = self.documents.get(uri.as_str());
            let before = before.and_then(|it| it.told.as_ref()).map(|told| told.0);
            let after = self.told(&uri);
            if after.is_none() || after == before {
                continue;
            }
            if let Some(document) = self.documents.get(uri.as_str())
                && let Some((_, diagnostics)) = &document.told
            {
                let (items, version) = (diagnostics.clone(), document.version);
                self.notify(PublishDiagnosticsParams::new(uri, items, Some(version)));
            }
        }
    }

    /// Brings what is told of a document up to date: the number of the answer, which stays where its
    /// diagnostics do. `None` where the document is not open.
    fn told(&mut self, uri: &Uri) -> Option<u64> {
        let number = self.answers + 1;
        let document = self.analysed(uri)?;
        let items = diagnostics::of(document);
        if let Some((number, told)) = &document.told
            && *told == items
        {
            return Some(*number);
        }
        document.told = Some((number, items));
        self.answers = number;
        Some(number)
    }

    /// A document, looked at as it is now; `None` where it is not open.
    fn analysed(&mut self, uri: &Uri) -> Option<&mut Document> {
        let document = self.documents.get_mut(uri.as_str())?;
        let is_current = match &document.state {
            // The configuration may say something else of a document that is none of ours.
            State::Unknown | State::Foreign => false,
            State::Analysed(analysis) => self.workspace.is_current(analysis),
        };
        if !is_current {
            let (language, text) = (&document.language, document.text.as_str());
            let analysis = self.workspace.analyse(uri, language, text);
            document.state = analysis.map_or(State::Foreign, |it| State::Analysed(Box::new(it)));
        }
        Some(document)
    }

    fn watch_files(&mut self) {
        if self.client.watches != Watching::Registered {
            return;
        }
        let watchers: Vec<Value> = WATCHED
            .iter()
            .map(|pattern| json!({ "globPattern": pattern }))
            .collect();
        self.request(
            request::RegisterCapability::METHOD,
            json!({ "registrations": [{
                "id": "watched-files",
                "method": notification::DidChangeWatchedFiles::METHOD,
                "registerOptions": { "watchers": watchers },
            }]}),
        );
    }

    fn request(&mut self, method: &str, params: Value) {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(Request::new(id, method.to_owned(), params).into());
    }

    fn notify(&self, params: PublishDiagnosticsParams) {
        let method = notification::PublishDiagnostics::METHOD.to_owned();
        self.send(Notification::new(method, params).into());
    }

    fn respond(&self, id: RequestId, answer: Answer) {
        let response = match answer {
            Ok(result) => Response::new_ok(id, result),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        self.send(response.into());
    }

    /// An editor that is gone is noticed where the next message is read.
    fn send(&self, message: Message) {
        if self.connection.sender.send(message).is_err() {
            log::warn!("the editor does not listen any more");
        }
    }
}

fn parsed<P: DeserializeOwned>(params: Value) -> Result<P, (ErrorCode, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).expect("values of the protocol have a form")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::SettingsArgs;

    fn notification(method: &str, params: Value) -> Message {
        Notification::new(method.to_owned(), params).into()
    }

    fn request(id: i32, method: &str) -> Message {
        let document = json!({ "textDocument": { "uri": "file:///gone/Dockerfile" } });
        Request::new(id.into(), method.to_owned(), document).into()
    }

    /// What the server sends where all of this waits for it.
    fn sent(messages: Vec<Message>) -> Vec<Value> {
        let (here, there) = Connection::memory();
        for message in messages {
            there.sender.send(message).expect("a connection");
        }
        let args = SettingsArgs::default();
        let workspace = Workspace::new(&args).expect("a workspace");
        let status = Server::new(&here, Client::default(), workspace).serve();
        assert_eq!(status, Status::Done);
        let sent = there.receiver.try_iter();
        sent.map(|it| serde_json::to_value(it).expect("a message"))
            .collect()
    }

    #[test]
    fn a_request_that_waits_can_be_canceled() {
        let pull = request::DocumentDiagnosticRequest::METHOD;
        let sent = sent(vec![
            request(1, pull),
            request(2, pull),
            notification("$/cancelRequest", json!({ "id": 2 })),
            notification("$/cancelRequest", json!({ "id": 7 })),
            request(3, request::Shutdown::METHOD),
            notification("exit", Value::Null),
        ]);
        let answer = |id: i32| {
            let answers: Vec<_> = sent.iter().filter(|it| it["id"] == id).collect();
            assert_eq!(answers.len(), 1, "{sent:?}");
            answers[0].clone()
        };
        assert_eq!(answer(1)["result"]["kind"], "full");
        assert_eq!(answer(2)["error"]["code"], -32800);
        assert_eq!(answer(3)["error"], Value::Null);
        assert_eq!(sent.len(), 3, "{sent:?}");
    }

    #[test]
    fn what_is_not_known_is_said() {
        let sent = sent(vec![
            request(1, "textDocument/rename"),
            request(2, request::HoverRequest::METHOD),
            request(3, request::Shutdown::METHOD),
            request(4, request::HoverRequest::METHOD),
            notification("exit", Value::Null),
        ]);
        let codes: Vec<_> = sent.iter().map(|it| it["error"]["code"].as_i64()).collect();
        // The second names no position, and the last comes behind the end.
        assert_eq!(codes, [Some(-32601), Some(-32602), None, Some(-32600)]);
    }
}
