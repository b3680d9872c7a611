"""A session with `imgfix lsp` by the client of pygls, which knows nothing of imgfix.

Usage: client.py IMGFIX FOLDER. Each step fails with what was found in place of what was expected.
"""

import asyncio
import pathlib
import subprocess
import sys

from lsprotocol import types
from pygls.lsp.client import LanguageClient

TEXT = "# 𝄞é\nFROM debian:12\nRUN apt-get update\nRUN apt-get install -y git\nRUN npm ci\n"
EVERYWHERE = types.Range(types.Position(0, 0), types.Position(9999, 0))


class Session:
    """A server, and the diagnostics that it sent."""

    def __init__(self, program, folder, pulls):
        self.program, self.folder, self.pulls = program, folder, pulls
        self.client = LanguageClient("release-check", "1")
        self.sent = asyncio.Queue()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda params: self.sent.put_nowait(params)
        )
        self.client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)

    async def __aenter__(self):
        await self.client.start_io(self.program, "lsp", cwd=self.folder)
        text_document = types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities() if self.pulls else None,
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(),
        )
        watched = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        answer = await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(
                    text_document=text_document,
                    workspace=types.WorkspaceClientCapabilities(
                        did_change_watched_files=watched,
                        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
                    ),
                ),
                root_uri=self.folder.as_uri(),
            )
        )
        assert answer.server_info.name == "imgfix", answer
        self.client.initialized(types.InitializedParams())
        return self

    async def __aexit__(self, *error):
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await asyncio.wait_for(self.client._server.wait(), 30)
        assert self.client._server.returncode == 0, self.client._server.returncode

    def open(self, name, text):
        uri = (self.folder / name).as_uri()
        item = types.TextDocumentItem(uri, "dockerfile", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return types.TextDocumentIdentifier(uri)

    def change(self, document, version, *changes):
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version, document.uri), list(changes)
            )
        )

    async def actions(self, document, kind):
        context = types.CodeActionContext([], only=[kind])
        return await self.client.text_document_code_action_async(
            types.CodeActionParams(document, EVERYWHERE, context)
        )

    async def pull(self, document, known=None):
        return await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(document, previous_result_id=known)
        )


def applied(text, action):
    """The text after an action, in units of UTF-16."""
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    edits = action.edit.document_changes[0].edits
    newline = "\n".encode("utf-16-le")
    whole = newline.join(lines)

    def offset(position):
        return sum(len(line) + 2 for line in lines[: position.line]) + 2 * position.character

    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        new = edit.new_text.encode("utf-16-le")
        whole = whole[: offset(edit.range.start)] + new + whole[offset(edit.range.end) :]
    return whole.decode("utf-16-le")


def printed(program, text, *flags):
    run = subprocess.run([program, "-", *flags], input=text.encode(), capture_output=True, check=True)
    return run.stdout.decode()


async def pulled(program, folder):
    async with Session(program, folder, True) as session:
        document = session.open("Dockerfile", "")
        empty = await session.pull(document)
        assert not empty.items, empty
        nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))
        session.change(document, 2, types.TextDocumentContentChangePartial(range=nowhere, text=TEXT))
        found = await session.pull(document, empty.result_id)
        assert {"merge-runs"} <= {item.code for item in found.items}, found
        again = await session.pull(document, found.result_id)
        assert again.kind == "unchanged", again
        for kind, flags in [("source.fixAll.imgfix", ["--safe"]), ("source.imgfix", [])]:
            [action] = await session.actions(document, kind)
            assert action.kind == kind, action
            assert applied(TEXT, action) == printed(program, TEXT, *flags), action
        fixes = await session.actions(document, "quickfix")
        assert all(applied(TEXT, action) != TEXT for action in fixes) and fixes, fixes
        start = found.items[0].range.start
        hover = await session.client.text_document_hover_async(types.HoverParams(document, start))
        assert "# " in hover.contents.value and "## Safety" in hover.contents.value, hover
        return len(found.items), len(fixes)


async def pushed(program, folder):
    async with Session(program, folder, False) as session:
        document = session.open("Dockerfile", TEXT)
        sent = await asyncio.wait_for(session.sent.get(), 30)
        assert sent.uri == document.uri and sent.diagnostics, sent
        session.change(document, 2, types.TextDocumentContentChangeWholeDocument("FROM scratch\n"))
        sent = await asyncio.wait_for(session.sent.get(), 30)
        assert (sent.version, list(sent.diagnostics)) == (2, []), sent


async def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    findings, fixes = await pulled(program, folder)
    await pushed(program, folder)
    print(f"{findings} diagnostics, {fixes} fixes")


asyncio.run(main())
