//! The stages of a Dockerfile as boxes, in its order, and arrows for what goes from one to the other. A list
//! beside the picture says the same in words.

use maud::{Markup, html};

use super::text::Shown;
use crate::engine::{How, ImageOf, Origin, StageOutline};
use crate::report::{count, size};

/// The width of a picture, of which the right side is for the arrows.
const WIDTH: usize = 360;
const BOX_WIDTH: usize = 286;
const BOX_HEIGHT: usize = 62;
const GAP: usize = 18;
/// So many characters fit into a box: of its name, and of the smaller lines below.
const NAME: usize = 24;
const LINE: usize = 38;

/// The pictures before and after; one where the stages stay as they are.
pub(super) fn stages(before: &[StageOutline], after: &[StageOutline]) -> Markup {
    let is_same = before
        .iter()
        .map(without_line)
        .eq(after.iter().map(without_line));
    html! {
        div.graphs {
            @if is_same {
                (graph(before, "before and after"))
            } @else {
                (graph(before, "before"))
                (graph(after, "after"))
            }
        }
    }
}

/// Lines move without a stage being another one.
fn without_line(stage: &StageOutline) -> StageOutline {
    let mut stage = stage.clone();
    stage.line = 0;
    for take in &mut stage.takes {
        take.line = 0;
    }
    stage
}

/// A box: a stage, or an image that something is copied from.
struct Node<'a> {
    name: String,
    lines: [String; 2],
    stage: Option<&'a StageOutline>,
}

/// An arrow, from box to box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edge {
    from: usize,
    to: usize,
    class: &'static str,
}

fn graph(stages: &[StageOutline], when: &str) -> Markup {
    let images = copied_images(stages);
    let nodes: Vec<Node<'_>> = images
        .iter()
        .map(|image| outside(image))
        .chain((0..stages.len()).map(|at| inside(stages, at)))
        .collect();
    let edges = edges(stages, &images);
    let height = nodes.len() * (BOX_HEIGHT + GAP);
    let count = count(stages.len(), "stage");
    html! {
        figure.graph {
            figcaption { (count) ", " (when) }
            svg viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height)
                aria-hidden="true" focusable="false" {
                @for edge in &edges { (arrow(*edge, &edges)) }
                @for (at, node) in nodes.iter().enumerate() { (node_box(at, node)) }
            }
            ol.hidden-text {
                @for (at, stage) in stages.iter().enumerate() { li { (in_words(stages, at, stage)) } }
            }
        }
    }
}

fn copied_images(stages: &[StageOutline]) -> Vec<&str> {
    let mut images: Vec<&str> = Vec::new();
    for take in stages.iter().flat_map(|stage| &stage.takes) {
        if let Origin::Image(image) = &take.from
            && !images.contains(&image.as_str())
        {
            images.push(image);
        }
    }
    images
}

fn outside(image: &str) -> Node<'static> {
    Node {
        name: image.to_owned(),
        lines: ["an image that is copied from".to_owned(), String::new()],
        stage: None,
    }
}

fn inside(stages: &[StageOutline], at: usize) -> Node<'_> {
    let stage = &stages[at];
    let base = match stage.base_bytes {
        Some(bytes @ 1..) if !is_from_stage(stage) => format!(", base about {}", size(bytes)),
        _ => String::new(),
    };
    Node {
        name: name(stages, at),
        lines: [
            format!("FROM {}", stage.from),
            count(stage.instructions, "instruction") + &base,
        ],
        stage: Some(stage),
    }
}

fn is_from_stage(stage: &StageOutline) -> bool {
    stage.takes.iter().any(|take| take.how == How::From)
}

fn name(stages: &[StageOutline], at: usize) -> String {
    match &stages[at].name {
        Some(name) => name.clone(),
        None if stages.len() == 1 => "the only stage".to_owned(),
        None => format!("stage {at}"),
    }
}

fn edges(stages: &[StageOutline], images: &[&str]) -> Vec<Edge> {
    let mut edges: Vec<Edge> = Vec::new();
    for (at, stage) in stages.iter().enumerate() {
        for take in &stage.takes {
            let from = match &take.from {
                Origin::Stage(other) => images.len() + other,
                Origin::Image(image) => {
                    images.iter().position(|it| it == image).unwrap_or_default()
                }
            };
            let class = match take.how {
                How::From => "from",
                How::Copy(_) => "copy",
                How::Mount => "mount",
            };
            let to = images.len() + at;
            let edge = Edge { from, to, class };
            if !edges.contains(&edge) {
                edges.push(edge);
            }
        }
    }
    edges
}

/// Arrows to the same box end below each other.
fn arrow(edge: Edge, all: &[Edge]) -> Markup {
    let into: Vec<&Edge> = all.iter().filter(|it| it.to == edge.to).collect();
    let place = into.iter().position(|it| **it == edge).unwrap_or_default();
    let step = (BOX_HEIGHT - 20) / into.len().max(1);
    let start = top(edge.from) + BOX_HEIGHT - 14;
    let end = top(edge.to) + 12 + place * step;
    let right = BOX_WIDTH + 2;
    let reach =
        right + (14 + 13 * edge.to.saturating_sub(edge.from)).min(WIDTH - right - 4) * 4 / 3;
    let line = format!(
        "M{right} {start}C{reach} {start} {reach} {end} {} {end}",
        right + 6
    );
    let head = format!("M{right} {end}l8 -4v8z");
    html! {
        path.edge.(edge.class) d=(line) {}
        path.head d=(head) {}
    }
}

fn top(at: usize) -> usize {
    at * (BOX_HEIGHT + GAP) + GAP / 2
}

fn node_box(at: usize, node: &Node<'_>) -> Markup {
    let top = top(at);
    let image = node.stage.and_then(|stage| stage.image);
    let class = match (node.stage, image) {
        (None, _) => "outside",
        (_, Some(_)) => "final",
        (_, None) => "inner",
    };
    html! {
        rect.node.(class) x="2" y=(top) width=(BOX_WIDTH - 2) height=(BOX_HEIGHT) rx="6" {}
        text.name x="14" y=(top + 20) { (Shown(&cut(&node.name, NAME))) }
        @if let Some(image) = image {
            text.badge x=(BOX_WIDTH - 10) y=(top + 20) text-anchor="end" { (badge(image)) }
        }
        @for (line, text) in node.lines.iter().enumerate() {
            text.line x="14" y=(top + 37 + line * 15) { (Shown(&cut(text, LINE))) }
        }
    }
}

fn badge(image: ImageOf) -> &'static str {
    match image {
        ImageOf::Last => "the image",
        ImageOf::Target => "an image, by name",
        ImageOf::Unused => "used by none",
    }
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most - 1).collect();
    cut.push('…');
    cut
}

fn in_words(stages: &[StageOutline], at: usize, stage: &StageOutline) -> Markup {
    html! {
        (Shown(&name(stages, at))) ", from " (Shown(&stage.from)) ", line " (stage.line) ", "
        (count(stage.instructions, "instruction"))
        @if let (Some(bytes @ 1..), false) = (stage.base_bytes, is_from_stage(stage)) {
            ", base about " (size(bytes))
        }
        @if let Some(image) = stage.image { ", " (badge(image)) }
        @for take in stage.takes.iter().filter(|take| take.how != How::From) {
            "; line " (take.line) " "
            @match &take.how {
                How::Copy(Some(paths)) => { "copies " (Shown(&paths.join(", "))) " from " }
                How::Copy(None) => { "copies from " }
                How::Mount | How::From => { "mounts " }
            }
            @match &take.from {
                Origin::Stage(other) => (Shown(&name(stages, *other))),
                Origin::Image(image) => { "the image " (Shown(image)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Take;

    fn stage(
        name: Option<&str>,
        from: &str,
        line: usize,
        takes: &[(Origin, &str)],
    ) -> StageOutline {
        let take = |(from, path): &(Origin, &str)| Take {
            from: from.clone(),
            how: match *path {
                "" => How::From,
                path => How::Copy(Some(vec![path.to_owned()])),
            },
            line: line + 1,
        };
        StageOutline {
            name: name.map(str::to_owned),
            line,
            from: from.to_owned(),
            instructions: takes.len(),
            image: name.is_none().then_some(ImageOf::Last),
            base_bytes: None,
            takes: takes.iter().map(take).collect(),
        }
    }

    #[test]
    fn arrows_lead_from_what_gives_to_what_takes() {
        let image = Origin::Image("busybox".to_owned());
        let all = [
            stage(Some("build"), "golang:1.22", 1, &[]),
            stage(Some("test"), "build", 2, &[(Origin::Stage(0), "")]),
            stage(
                None,
                "scratch",
                3,
                &[(Origin::Stage(0), "/app"), (image, "/sh")],
            ),
        ];
        let page = stages(&all, &all).into_string();
        assert_eq!(page.matches("<figure").count(), 1, "{page}");
        assert_eq!(page.matches("class=\"edge from\"").count(), 1, "{page}");
        assert_eq!(page.matches("class=\"edge copy\"").count(), 2, "{page}");
        assert_eq!(page.matches("<rect").count(), 4, "{page}");
        assert!(
            page.contains(
                "stage 2, from scratch, line 3, 2 instructions, the image; line 4 copies /app from \
                 build; line 4 copies /sh from the image busybox"
            ),
            "{page}"
        );
    }

    #[test]
    fn a_changed_graph_is_drawn_twice() {
        let before = [stage(None, "golang", 1, &[])];
        let moved = [stage(None, "golang", 2, &[])];
        let after = [
            stage(Some("b"), "golang", 1, &[]),
            stage(None, "scratch", 2, &[]),
        ];
        let page = stages(&before, &after).into_string();
        assert!(page.contains("1 stage, before<"), "{page}");
        assert!(page.contains("2 stages, after<"), "{page}");
        let page = stages(&before, &moved).into_string();
        assert!(page.contains("1 stage, before and after<"), "{page}");
    }
}
