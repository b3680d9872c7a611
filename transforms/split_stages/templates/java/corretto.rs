//! Amazon's kit: on Amazon Linux the same version without a desktop takes its place, on Alpine that of Java 8; for later
//! versions on Alpine there is no runtime environment alone, and the kit stays without what was built with it.

use super::images::version_of_kit;
use super::sources::MANIFESTS;
use crate::model::images::Family;
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    BASE_NOT_KNOWN, NEEDS_THE_TOOLCHAIN, STEP_NOT_CLASSIFIED,
};
use crate::transforms::split_stages::site::{Refusal, Site};
use crate::transforms::split_stages::survey::Survey;

/// Versions that have a `-al2023-headless`.
const HEADLESS: &[u32] = &[11, 17, 21, 25];

/// Libraries that draw text: without a desktop the image has no fonts.
#[rustfmt::skip]
const OF_FONTS: &[&str] = &[
    "batik", "captcha", "docx4j", "flying-saucer", "itext", "jasperreports", "jfreechart", "openhtmltopdf", "openpdf",
    "org.apache.poi", "pdfbox", "thumbnailator", "twelvemonkeys", "zxing",
];

/// Parts of Java that do so.
const CALLS: &[&str] = &["java.awt", "javax.imageio", "javax.print", "javax.swing"];

/// Whether an image holds Amazon's kit.
pub(super) fn is_it(site: &Site<'_>) -> bool {
    let tag = site.image.tag.as_deref().unwrap_or_default();
    site.image.name == "amazoncorretto" || tag.split('-').any(|word| word.contains("corretto"))
}

/// The image of the same maker, version and system.
pub(super) fn image(site: &Site<'_>) -> Result<String, Refusal> {
    let refuse = |what: &str| site.refuse(&BASE_NOT_KNOWN, what);
    let release = site.facts.and_then(|facts| facts.release);
    let is_of_amazon = site.image.name == "amazoncorretto";
    let tag = site.image.tag.as_deref().unwrap_or_default();
    let of = |tag: String| format!("{}amazoncorretto:{tag}", site.image.prefix);
    let Some(version) = version_of_kit(site) else {
        return refuse("its tag names no version of Java");
    };
    // A patch release has not each of the variants.
    let start = format!("{version}-");
    let is_major = tag == version.to_string() || tag.starts_with(&start);
    if is_of_amazon && !is_major {
        return refuse("Amazon's runtime environment of this patch release is not known");
    }
    match (site.is_alpine(), version) {
        (true, 8) if !is_of_amazon || tag == "8-alpine" => Ok(of("8-alpine-jre".to_owned())),
        (true, _) if is_of_amazon => Ok(site.image_text()),
        (true, 11 | 17 | 21 | 25) => Ok(of(format!("{version}-alpine"))),
        (false, 8) if release == Some("al2023") => Ok(of("8-al2023-jre".to_owned())),
        (false, _) if release == Some("al2023") && HEADLESS.contains(&version) => {
            Ok(of(format!("{version}-al2023-headless")))
        }
        _ => refuse("Amazon has no runtime environment of the same version and system"),
    }
}

/// What runs wants nothing that the image without a desktop lacks.
pub(super) fn check(
    site: &Site<'_>,
    survey: &Survey,
    programs: &Programs,
    runtime: &str,
) -> Result<(), Refusal> {
    let is_amazon_linux = site.facts.is_some_and(|facts| facts.family == Family::Rpm);
    if !is_amazon_linux {
        return Ok(());
    }
    let range = site.range(site.stage.item);
    // `curl` is part of Amazon Linux.
    let wants_more = programs.tools.iter().any(|tool| *tool != "curl");
    if survey.packages.are_there() || survey.runs_commands || wants_more {
        let what = "the image without a kit may lack what it needs".to_owned();
        return Err((range, &STEP_NOT_CLASSIFIED, what));
    }
    if runtime.ends_with("-headless") {
        refuse_text(site)
    } else {
        Ok(())
    }
}

/// Nothing draws text, for which an image without a desktop has no fonts.
pub(super) fn refuse_text(site: &Site<'_>) -> Result<(), Refusal> {
    let mut manifests = site.texts_named(MANIFESTS);
    let mut sources = site.texts();
    let names =
        |text: &str, words: &[&'static str]| words.iter().copied().find(|it| text.contains(it));
    let found = manifests
        .find_map(|text| names(text, OF_FONTS))
        .or_else(|| sources.find_map(|(_, text)| names(text, CALLS)));
    match found {
        Some(what) => {
            let what = format!("`{what}`: the image has no fonts");
            site.need(site.range(site.stage.item), &NEEDS_THE_TOOLCHAIN, what)
        }
        None => Ok(()),
    }
}
