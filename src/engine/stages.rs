//! The stages of a Dockerfile and what leads from one to the other, as values that a report can show.

use imgfix_syntax::{Arguments, Instruction};

use crate::model::Model;
use crate::model::images::about_bytes;
use crate::model::stage::{Base, Final, UseKind};

/// A stage as a report shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageOutline {
    /// Its name, as written.
    pub name: Option<String>,
    /// The line of its FROM, counted from 1.
    pub line: usize,
    /// What its FROM names, as written.
    pub from: String,
    /// How many instructions it has behind its FROM.
    pub instructions: usize,
    /// Why it makes an image of its own; `None` where it only serves other stages.
    pub image: Option<ImageOf>,
    /// About how many bytes the image below it has; `None` where that is not known.
    pub base_bytes: Option<u64>,
    /// What it takes from other stages and images, in the order of the file.
    pub takes: Vec<Take>,
}

/// Why a stage makes an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageOf {
    /// It is the last stage.
    Last,
    /// Somebody builds it by name.
    Target,
    /// No other stage uses it.
    Unused,
}

/// Something that a stage takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Take {
    /// Where it comes from.
    pub from: Origin,
    /// How.
    pub how: How,
    /// The line that says so, counted from 1.
    pub line: usize,
}

/// Where a stage takes something from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Another stage, by its index.
    Stage(usize),
    /// An image, as written.
    Image(String),
}

/// The ways in which a stage takes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// `FROM`.
    From,
    /// `COPY --from`, with its sources; `None` where one of them is not known.
    Copy(Option<Vec<String>>),
    /// `RUN --mount=from=`.
    Mount,
}

/// The stages of a Dockerfile, in its order.
pub(crate) fn stages(model: &Model) -> Vec<StageOutline> {
    let outline = |index: usize| {
        let stage = &model.stages[index];
        let items = stage.item + 1..stage.end;
        StageOutline {
            name: stage.name.clone(),
            line: line(model, stage.item),
            from: from(model, stage.item),
            instructions: items.filter_map(|item| model.instruction(item)).count(),
            image: stage.is_final.as_ref().map(|is_final| match is_final {
                Final::Last => ImageOf::Last,
                Final::Target(_) => ImageOf::Target,
                Final::Unused => ImageOf::Unused,
            }),
            base_bytes: match (&stage.base, &stage.image) {
                (Base::Scratch, _) => Some(0),
                (_, Some(image)) => about_bytes(image),
                (_, None) => None,
            },
            takes: takes(model, index),
        }
    };
    (0..model.stages.len()).map(outline).collect()
}

fn line(model: &Model, item: usize) -> usize {
    model.lines.line(model.file.items[item].range.start())
}

fn from(model: &Model, item: usize) -> String {
    match model.instruction(item).map(|it| &it.arguments) {
        Some(Arguments::From(from)) => from.image.text.clone(),
        _ => String::new(),
    }
}

fn takes(model: &Model, index: usize) -> Vec<Take> {
    let stage = &model.stages[index];
    let mut takes: Vec<(usize, Take)> = Vec::new();
    for giver in &model.stages[..index] {
        for used in giver.uses.iter().filter(|used| used.by == index) {
            let how = match &used.kind {
                UseKind::From => How::From,
                UseKind::Copy(sources) => How::Copy(sources.clone()),
                UseKind::Mount => How::Mount,
            };
            let take = Take {
                from: Origin::Stage(giver.index),
                how,
                line: line(model, used.item),
            };
            takes.push((used.item, take));
        }
    }
    for item in stage.item + 1..stage.end {
        let is_known = takes.iter().any(|(known, _)| *known == item);
        let image = model.instruction(item).and_then(image_copied_from);
        if let Some(image) = image.filter(|_| !is_known) {
            let take = Take {
                from: Origin::Image(image.to_owned()),
                how: How::Copy(sources(model, item)),
                line: line(model, item),
            };
            takes.push((item, take));
        }
    }
    takes.sort_by_key(|(item, _)| *item);
    takes.into_iter().map(|(_, take)| take).collect()
}

/// What `COPY --from` names where that is no stage.
fn image_copied_from(instruction: &Instruction) -> Option<&str> {
    let Arguments::Copy(_) = instruction.arguments else {
        return None;
    };
    instruction.flag("from")?.value.as_deref()
}

fn sources(model: &Model, item: usize) -> Option<Vec<String>> {
    let Arguments::Copy(copy) = &model.instruction(item)?.arguments else {
        return None;
    };
    let is_known = copy.sources.iter().all(|word| word.variables.is_empty());
    is_known.then(|| copy.sources.iter().map(|it| it.text.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::model::Readers;
    use crate::settings::Options;

    fn outlines(text: &str) -> Vec<StageOutline> {
        let surroundings = Surroundings::default();
        let readers = Readers::default();
        stages(&Model::new(
            text.to_owned(),
            &surroundings,
            &Options::default(),
            &readers,
        ))
    }

    #[test]
    fn stages_say_what_they_take_and_from_where() {
        let found = outlines(
            "# A comment.\nFROM golang:1.22 AS build\nRUN go build -o /app .\nFROM build AS test\n\
             RUN go test\nFROM scratch\nCOPY --from=build /app /tools/ /\n\
             COPY --from=busybox:1.36 /bin/sh /sh\nRUN --mount=from=test,target=/t true\n",
        );
        let summary: Vec<_> = found
            .iter()
            .map(|it| (it.line, it.from.as_str(), it.instructions, it.base_bytes))
            .collect();
        assert_eq!(
            summary,
            [
                (2, "golang:1.22", 1, Some(830_000_000)),
                (4, "build", 1, Some(830_000_000)),
                (6, "scratch", 3, Some(0)),
            ]
        );
        assert_eq!(found[1].takes[0].from, Origin::Stage(0));
        assert_eq!(found[1].takes[0].how, How::From);
        let takes = &found[2].takes;
        let sources = ["/app", "/tools/"].map(str::to_owned).to_vec();
        assert_eq!(takes[0].how, How::Copy(Some(sources)));
        assert_eq!(takes[1].from, Origin::Image("busybox:1.36".to_owned()));
        assert_eq!(
            (takes[2].from.clone(), takes[2].line),
            (Origin::Stage(1), 9)
        );
        let images: Vec<_> = found.iter().map(|it| it.image).collect();
        assert_eq!(images, [None, None, Some(ImageOf::Last)]);
    }

    #[test]
    fn what_a_variable_says_is_not_known() {
        let found = outlines("ARG BASE\nFROM $BASE\nCOPY --from=a:1 $WHAT /\n");
        assert_eq!(
            (found[0].from.as_str(), found[0].base_bytes),
            ("$BASE", None)
        );
        assert_eq!(found[0].takes[0].how, How::Copy(None));
    }
}
