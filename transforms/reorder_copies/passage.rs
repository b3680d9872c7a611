//! Whether a COPY can stand behind a RUN, and what of it the RUN needs before.

use super::manifests;
use super::reasons::{ACCOUNT_IS_MADE_LATER, SYSTEM_FOLDER, WOULD_OVERWRITE};
use super::walk::{Part, Walk};
use crate::context::{BuildContext, Sent};
use crate::model::placed::Placed;
use crate::model::reads::Reads;
use crate::model::run::{Run, is_within};
use crate::model::users::{self, Kind};
use crate::transform::Reason;

impl Walk<'_> {
    /// What of a COPY the RUN needs, where the rest can stand behind it; `None` where all of it is needed.
    pub(super) fn passes(
        &self,
        at: usize,
        run: &Run,
        reads: &Reads,
    ) -> Result<Option<Part>, (&'static Reason, String)> {
        let traveller = &self.travellers[at];
        let placed = &traveller.placed;
        let part = needed(self.context, &self.placed, placed, reads);
        if manifests::is_all(self.context, placed, &part) {
            return Ok(None);
        }
        let brought = |path: &&String| {
            placed.origin(path).is_some_and(|origin| {
                let context = self.context;
                let may_come = context.git_ignored(&origin) && context.would_send(&origin);
                context.sends(&origin) != Sent::No || may_come
            })
        };
        if let Some(path) = reads.makes.iter().find(brought) {
            return Err((&WOULD_OVERWRITE, format!("`{path}`")));
        }
        if let Some(name) = self.unknown_account(placed.item)
            && makes_accounts(run)
        {
            return Err((&ACCOUNT_IS_MADE_LATER, format!("`{name}`")));
        }
        if is_within(&placed.to, "/var/www") && installs_web_server(run) {
            return Err((&SYSTEM_FOLDER, format!("`{}`", placed.to)));
        }
        let is_mounted = run.mounts.iter().any(|mount| {
            mount.kind != "cache"
                && mount
                    .target
                    .as_deref()
                    .is_none_or(|target| placed.touches(target))
        });
        if is_mounted {
            return Ok(None);
        }
        Ok(Some(part))
    }

    /// A name in `--chown` of which it is not known that it is there already.
    fn unknown_account(&self, item: usize) -> Option<String> {
        let model = self.input.model;
        let owner = model.instruction(item)?.flag("chown")?.value.clone()?;
        let (user, group) = owner.split_once(':').unwrap_or((&owner, ""));
        let names = [(user, Kind::User), (group, Kind::Group)];
        let unknown = names.into_iter().find(|(name, kind)| {
            !name.is_empty() && users::known(model, item, name, *kind).is_none()
        });
        unknown.map(|(name, _)| name.to_owned())
    }
}

/// What of `placed` is read: what it is the last to bring.
pub(super) fn needed(
    context: &BuildContext,
    all: &[Placed],
    placed: &Placed,
    reads: &Reads,
) -> Part {
    let is_of_it = |path: &&String| {
        let mut bringing = all.iter().rev().filter(|other| {
            other
                .origin(path)
                .is_some_and(|origin| context.sends(&origin) != Sent::No)
        });
        let Some(last) = bringing.next() else {
            return false;
        };
        // What an earlier COPY brings already, out of the same file, need not be copied twice.
        let origin = last.origin(path);
        let first = bringing
            .next_back()
            .filter(|first| first.origin(path) == origin);
        first.unwrap_or(last).item == placed.item
    };
    Part {
        files: reads.files.iter().filter(is_of_it).cloned().collect(),
        folders: reads.folders.iter().filter(is_of_it).cloned().collect(),
    }
}

/// Whether a RUN installs a server that puts a page of its own below `/var/www`.
fn installs_web_server(run: &Run) -> bool {
    const SERVERS: &[&str] = &["apache", "httpd", "nginx", "lighttpd", "php"];
    run.operations.iter().any(|operation| {
        operation.manager.is_system
            && run
                .command(operation)
                .words
                .iter()
                .any(|word| SERVERS.iter().any(|server| word.raw.starts_with(server)))
    })
}

fn makes_accounts(run: &Run) -> bool {
    run.commands.iter().any(|command| {
        matches!(
            command.name(),
            Some("useradd" | "adduser" | "groupadd" | "addgroup" | "usermod" | "groupmod")
        )
    }) || run
        .operations
        .iter()
        .any(|operation| operation.manager.is_system)
}
