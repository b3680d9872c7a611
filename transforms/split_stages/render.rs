//! Writes a plan: the stage that builds keeps its text, and what runs stands behind it.

use imgfix_syntax::{Keyword, TextRange};

use super::base;
use super::plan::{Brought, Plan, Role, ToldPlan};
use super::site::Site;
use crate::edit::{Edit, Edits};
use crate::model::folders::absolute;
use crate::model::images::{ImageReference, base_contract};
use crate::model::run::is_within;
use crate::transform::block::Block;
use crate::transform::{Effect, Rewrite, Split, StageLine, Told};

/// The name of the stage that builds.
const BUILD: &str = "build";

/// The name of the stage that builds: the one that it has, or a new one.
fn build_name<'a>(site: &Site<'a>) -> &'a str {
    match site.stage.name.as_deref() {
        Some(name) if !site.gives_name => name,
        _ => BUILD,
    }
}

/// The name that the stage that builds has no more, and its place.
fn given_name<'a>(site: &Site<'a>) -> Option<(&'a str, TextRange)> {
    let name = site.stage.name.as_deref().filter(|_| site.gives_name)?;
    let from = site.range(site.stage.item);
    let text = from.slice(&site.input.model.text);
    // The name is the last word; it is compared without case.
    let word = text.split_whitespace().next_back()?;
    let at = from.start() + text.rfind(word)?;
    let is_it = word.eq_ignore_ascii_case(name);
    is_it.then(|| (name, TextRange::new(at, at + word.len())))
}

/// A line of the stage that runs, to be.
enum Line {
    Added(String),
    Repeated(usize),
    Moved(usize),
}

pub(super) fn rewrite(site: &Site<'_>, mut plan: Plan) -> Rewrite {
    let model = site.input.model;
    let roles = plan.roles.iter();
    let mut items: Vec<(usize, Role)> = roles.map(|(&item, &role)| (item, role)).collect();
    let tail = items.iter().rposition(|(_, role)| *role != Role::Moves);
    let tail = items.split_off(tail.map_or(0, |at| at + 1));
    let tail: Vec<usize> = tail.into_iter().map(|(item, _)| item).collect();
    let from = site.range(site.stage.item);
    let is_small = from.slice(&model.text).starts_with("from");
    let word = if is_small { "as" } else { "AS" };
    let mut edits = std::mem::take(&mut plan.edits);
    let given = given_name(site);
    match given {
        Some((_, place)) => edits.push(Edit::replace(place, BUILD.to_owned())),
        None if site.stage.name.is_none() => {
            edits.push(Edit::insert(from.end(), format!(" {word} {BUILD}")));
        }
        None => {}
    }
    if let Some((_, place)) = given {
        let name = place.slice(&model.text);
        plan.runtime = format!("{} {word} {name}", plan.runtime);
    }

    let told = std::mem::take(&mut plan.told);
    let dropped = dropped(site, &told);
    let items: Vec<(usize, Role)> = items
        .into_iter()
        .filter(|(item, _)| !dropped.contains(item))
        .collect();
    // What is started now stands where the author said it last, behind others that stay where they are.
    let place = dropped.last().copied();
    let place = place.filter(|place| tail.contains(place) && !dropped.contains(&tail[0]));
    let tail: Vec<usize> = tail
        .into_iter()
        .filter(|item| !dropped.contains(item))
        .collect();
    let mut lines = lines(site, &mut plan, told.gives, &items);
    without_idle_users(site, &mut lines, &tail);
    let user = told.user.as_ref().map(|user| format!("USER {user}"));
    let start = told.start.as_ref().map(|(keyword, words)| {
        let words: Vec<String> = words.iter().map(|word| json(word)).collect();
        let keyword = if is_small {
            keyword.to_ascii_lowercase()
        } else {
            (*keyword).to_owned()
        };
        format!("{keyword} [{}]", words.join(", "))
    });
    let ends = user.iter().chain(start.iter().filter(|_| place.is_none()));
    lines.extend(ends.map(|line| Line::Added(line.clone())));
    let gone = dropped.iter().filter(|item| Some(**item) != place);
    edits.extend(gone.map(|&item| removed(site, item)));
    let (text, mut runtime) = write(site, lines, is_small, &mut edits);
    let moved = |item: &usize| StageLine::Moved(site.range(*item));
    if let (Some(place), Some(start)) = (place, &start) {
        edits.push(Edit::replace(site.range(place), start.clone()));
        let at = tail.iter().position(|item| *item > place);
        let (before, behind) = tail.split_at(at.unwrap_or(tail.len()));
        runtime.extend(before.iter().map(moved));
        runtime.push(StageLine::Added(start.clone()));
        runtime.extend(behind.iter().map(moved));
    } else {
        runtime.extend(tail.iter().map(moved));
    }
    if is_small {
        for run in &mut plan.build_end {
            *run = run.replacen("RUN ", "run ", 1);
        }
    }
    let build_end: String = plan.build_end.iter().flat_map(|run| [run, "\n"]).collect();
    edits.push(insertion(site, tail.first().copied(), &build_end, &text));

    let mut effects = plan.effects;
    effects.push(Effect::StageSplit(Split {
        build: build_name(site).to_owned(),
        build_end: plan.build_end,
        runtime,
        kept: variables(site, &plan.left_behind),
        left_behind: plan.left_behind,
        is_without_shell: plan.is_without_shell,
        resets_entry_point: plan.resets_entry_point,
        name: given.map(|(name, _)| name.to_owned()),
        told: Told {
            is_own: told.is_own,
            start,
            user: told.user,
            layered_jar: told.layered_jar,
            dropped: dropped.iter().map(|&item| site.range(item)).collect(),
        },
    }));
    Rewrite {
        anchor: from,
        edits: Edits::new(edits).unwrap_or_default(),
        applicability: plan.applicability,
        title: format!(
            "build in a stage of its own, run on {}",
            plan.runtime.split(' ').next().unwrap_or_default()
        ),
        because: plan.because,
        effects,
    }
}

/// The rewrite of a build that stays in one stage.
pub(super) fn in_place(plan: Plan) -> Rewrite {
    let anchor = plan.edits.first().map(|edit| edit.range);
    Rewrite {
        anchor: anchor.unwrap_or_default(),
        edits: Edits::new(plan.edits).unwrap_or_default(),
        applicability: plan.applicability,
        title: "leave out the packages of development".to_owned(),
        because: "no step and no source uses one of them: a stage of its own would leave nothing else behind"
            .to_owned(),
        effects: plan.effects,
    }
}

/// The author's instructions that a template of the user's replaces.
fn dropped(site: &Site<'_>, told: &ToldPlan) -> Vec<usize> {
    let items = site.stage.item + 1..site.stage.end;
    let is_start = |item: &usize| {
        let keyword = site.input.model.instruction(*item).map(|it| it.keyword);
        match keyword {
            Some(Keyword::Cmd) => !told.keeps_command,
            Some(Keyword::Entrypoint) => true,
            _ => false,
        }
    };
    let is_told = told.start.is_some();
    items.filter(|item| is_told && is_start(item)).collect()
}

/// An instruction goes; its comments stay.
fn removed(site: &Site<'_>, item: usize) -> Edit {
    let text = &site.input.model.text;
    let range = site.range(item);
    let rest = &text[range.end()..];
    let newline = rest.find('\n').map_or(rest.len(), |at| at + 1);
    Edit::remove(TextRange::new(range.start(), range.end() + newline))
}

/// A word as JSON has it.
fn json(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}

/// The lines of the stage that runs, in front of the author's last instructions, which stay where they are.
fn lines(
    site: &Site<'_>,
    plan: &mut Plan,
    gives: Option<String>,
    items: &[(usize, Role)],
) -> Vec<Line> {
    // The platform that the author names is that of both.
    let from = site.input.model.instruction(site.stage.item);
    let flags = from.into_iter().flat_map(|it| &it.flags);
    let flags = flags.flat_map(|flag| [flag.range.slice(&site.input.model.text), " "]);
    let flags: String = flags.collect();
    let mut lines = vec![Line::Added(format!("FROM {flags}{}", plan.runtime))];
    let image = ImageReference::parse(&plan.runtime, &site.input.options.mirrors);
    let contract = image.and_then(|image| base_contract(&image.name, image.tag.as_deref()));
    let given = contract.and_then(|it| it.workdir);
    let folder = site
        .inherited_folder()
        .filter(|it| given != Some(it.as_str()));
    lines.extend(folder.map(|folder| Line::Added(format!("WORKDIR {folder}"))));
    if let Some((command, _)) = plan.install.take_if(|(_, place)| *place == 0) {
        lines.push(Line::Added(command));
    }
    let last_build = items.iter().rposition(|(_, role)| *role == Role::Build);
    let last_build = last_build.map_or(site.stage.item, |at| items[at].0);
    let copies = plan.brought.iter().map(|it| copy(it, build_name(site)));
    let mut brought: Vec<String> = gives.into_iter().chain(copies).collect();
    let first = before_folder(site, plan).unwrap_or_default();
    let install = &mut plan.install;
    for &(item, role) in items {
        if Some(item) == first {
            lines.extend(install.take().map(|(command, _)| Line::Added(command)));
            lines.extend(brought.drain(..).map(Line::Added));
        }
        let is_place = |place: usize| place <= item && role == Role::Build;
        if let Some((command, _)) = install.take_if(|(_, place)| is_place(*place)) {
            lines.push(Line::Added(command));
        }
        if item > last_build && !brought.is_empty() {
            lines.extend(install.take().map(|(command, _)| Line::Added(command)));
            lines.extend(brought.drain(..).map(Line::Added));
        }
        match role {
            Role::Build => {}
            Role::Repeats => lines.push(match base::folder(site, item) {
                Some(folder) => Line::Added(format!("WORKDIR {folder}")),
                None => Line::Repeated(item),
            }),
            Role::Moves => lines.push(Line::Moved(item)),
        }
    }
    lines.extend(install.take().map(|(command, _)| Line::Added(command)));
    lines.extend(plan.variables.drain(..).map(Line::Added));
    lines.extend(brought.into_iter().map(Line::Added));
    let resets = plan.resets_entry_point;
    lines.extend(resets.then(|| Line::Added("ENTRYPOINT []".to_owned())));
    lines
}

/// Leaves out each USER behind which nobody does anything before the next one.
fn without_idle_users(site: &Site<'_>, lines: &mut Vec<Line>, tail: &[usize]) {
    let keyword = |item: usize| site.input.model.instruction(item).map(|it| it.keyword);
    let kinds = lines.iter().map(|line| match line {
        Line::Added(text) if text.starts_with("COPY ") => Some(Keyword::Copy),
        Line::Added(_) => None,
        Line::Repeated(item) | Line::Moved(item) => keyword(*item),
    });
    let kinds: Vec<Option<Keyword>> = kinds.chain(tail.iter().map(|it| keyword(*it))).collect();
    let is_by_somebody = |kind: &&Option<Keyword>| {
        let silent = [Keyword::Copy, Keyword::Env, Keyword::Expose, Keyword::Label];
        !kind.is_some_and(|it| silent.contains(&it))
    };
    let mut at = 0;
    lines.retain(|line| {
        at += 1;
        let next = kinds[at..].iter().find(is_by_somebody);
        let is_user = |kind: &Option<Keyword>| *kind == Some(Keyword::User);
        let is_repeated = matches!(line, Line::Repeated(_)) && is_user(&kinds[at - 1]);
        !(is_repeated && next.is_some_and(is_user))
    });
}

/// The WORKDIR in front of which what is brought has to stand: COPY gives a folder that it makes to the owner, and
/// leaves one that is there to whom it belongs.
///
/// # Errors
/// Where the account of the owner is made behind it.
pub(super) fn before_folder(site: &Site<'_>, plan: &Plan) -> Result<Option<usize>, usize> {
    let model = site.input.model;
    let owned = plan.brought.iter().filter(|it| it.owner.is_some());
    let owned: Vec<&Brought> = owned.collect();
    let mut lines = plan.roles.iter().filter(|(_, role)| **role != Role::Build);
    let makes_it = |item: usize| {
        let instruction = model.instruction(item)?;
        let state = model.state(item)?;
        let folder = absolute(instruction.body.as_str(), state)
            .filter(|folder| !folder.contains('$'))
            .or_else(|| site.folder())?;
        let is_it = instruction.keyword == Keyword::Workdir
            && owned.iter().any(|it| is_within(&folder, &it.to));
        is_it.then_some(item)
    };
    let Some(first) = lines.find_map(|(&item, _)| makes_it(item)) else {
        return Ok(None);
    };
    let is_run = |item: usize| {
        let instruction = model.instruction(item);
        instruction.is_some_and(|it| it.keyword == Keyword::Run)
    };
    let last_build = plan.roles.iter().rfind(|(_, role)| **role == Role::Build);
    let last_build = last_build.map_or(first, |(&item, _)| item);
    match lines.find(|(item, _)| is_run(**item) && **item < last_build) {
        Some((&run, _)) => Err(run),
        None => Ok(Some(first)),
    }
}

/// The text of the lines, and what they are; the author's own go from where they stood.
fn write(
    site: &Site<'_>,
    lines: Vec<Line>,
    is_small: bool,
    edits: &mut Vec<Edit>,
) -> (String, Vec<StageLine>) {
    let model = site.input.model;
    let mut text = String::new();
    let mut runtime = Vec::new();
    let mut first_is_below_blank = false;
    for line in lines {
        match line {
            Line::Added(line) => {
                let line = match line.split_once(' ') {
                    Some((keyword, rest)) if is_small => {
                        format!("{} {rest}", keyword.to_ascii_lowercase())
                    }
                    _ => line,
                };
                text.push_str(&line);
                runtime.push(StageLine::Added(line));
            }
            Line::Repeated(item) => {
                text.push_str(site.range(item).slice(&model.text));
                runtime.push(StageLine::Repeated(site.range(item)));
            }
            Line::Moved(item) => {
                let block = Block::of(model, item, false);
                text.push_str(block.text(model));
                let is_next =
                    |it: &&mut Edit| it.text.is_empty() && it.range.end() == block.range.start();
                match edits.last_mut().filter(is_next) {
                    // The blank lines behind the last of several go with the first.
                    Some(edit) if first_is_below_blank => {
                        edit.range = edit.range.cover(block.range).cover(block.gap);
                    }
                    Some(edit) => edit.range = edit.range.cover(block.range),
                    None => {
                        first_is_below_blank = block.is_below_blank;
                        edits.push(Edit::remove(block.whole()));
                    }
                }
                runtime.push(StageLine::Moved(site.range(item)));
            }
        }
        text.push('\n');
    }
    (text, runtime)
}

/// Puts the new stage in front of the author's last instructions, or at the end of the file.
fn insertion(site: &Site<'_>, tail: Option<usize>, build_end: &str, text: &str) -> Edit {
    let model = site.input.model;
    let Some(tail) = tail else {
        let end = model.text.len();
        let gap = if model.text.ends_with('\n') { "" } else { "\n" };
        return Edit::insert(
            end,
            format!("{gap}{build_end}\n{text}")
                .trim_end_matches('\n')
                .to_owned()
                + if gap.is_empty() { "\n" } else { "" },
        );
    };
    let block = Block::of(model, tail, false);
    let at = block.range.start();
    let is_apart = model.text[..at].ends_with("\n\n") || model.text[..at].ends_with("\n\r\n");
    match (is_apart, build_end.is_empty()) {
        (true, true) => Edit::insert(at, format!("{text}\n")),
        // The blank line stands behind what builds.
        (true, false) => {
            let gap = model.text[..at].trim_end_matches(['\r', '\n']).len();
            let gap = model.text[gap..]
                .find('\n')
                .map_or(at, |newline| gap + newline + 1);
            Edit::replace(TextRange::new(gap, at), format!("{build_end}\n{text}\n"))
        }
        (false, _) => Edit::insert(at, format!("{build_end}\n{text}")),
    }
}

/// A COPY of something that was built.
fn copy(brought: &Brought, stage: &str) -> String {
    let owner = brought.owner.as_ref();
    let owner = owner.map(|owner| format!(" --chown={owner}"));
    let Brought { from, to, .. } = brought;
    format!(
        "COPY --from={stage}{} {from} {to}",
        owner.unwrap_or_default()
    )
}

/// The names that the author's ENVs set, without those that stay behind.
fn variables(site: &Site<'_>, left_behind: &[String]) -> Vec<String> {
    let settings = site.end().env.iter();
    let authors = settings.filter(|(_, setting)| setting.item.is_some());
    let names = authors.map(|(name, _)| name.clone());
    names.filter(|name| !left_behind.contains(name)).collect()
}
