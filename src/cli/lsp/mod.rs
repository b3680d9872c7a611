//! `imgfix lsp`: a language server on standard input and output. It reads what an editor shows and what lies
//! around it on the disk, and writes no file: what is to change, it hands to the editor.
//! <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/>

mod actions;
mod client;
mod diagnostics;
mod document;
mod hover;
mod server;
mod text;
mod workspace;

use lsp_server::{Connection, ProtocolError};

use super::Status;
use super::args::SettingsArgs;
use super::error::Failure;
use client::Client;
use server::{Server, capabilities};
use workspace::Workspace;

/// Serves until the editor has enough.
pub(crate) fn run(args: &SettingsArgs) -> Result<Status, Failure> {
    let workspace = Workspace::new(args)?;
    let (connection, threads) = Connection::stdio();
    let (id, params) = connection
        .initialize_start()
        .map_err(|error| protocol(&error))?;
    let client = Client::of(&params);
    connection
        .initialize_finish(id, capabilities())
        .map_err(|error| protocol(&error))?;
    let status = Server::new(&connection, client, workspace).serve();
    // The thread that writes ends when nobody can give it anything.
    drop(connection);
    threads
        .join()
        .map_err(|error| Failure::io("the connection to the editor", &error))?;
    match status {
        Status::Done => Ok(status),
        _ => Err(Failure::new(
            "the editor ended the connection without a `shutdown` before it",
        )),
    }
}

fn protocol(error: &ProtocolError) -> Failure {
    Failure::new(format!("the connection to the editor: {error}"))
        .hint("`imgfix lsp` is started by an editor, see docs/editors.md")
}
