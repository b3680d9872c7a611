//! `imgfix size`: how large images are, how much they grew, and what they ship for nothing.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::rewrite::rewritten;
use crate::cli::args::{Cli, DocumentFormat, SizeArgs};
use crate::cli::config::Configs;
use crate::cli::discovery::discover;
use crate::cli::error::{Failure, cause};
use crate::cli::output::{Output, create, replace};
use crate::cli::place::Places;
use crate::cli::progress::{Lasting, Progress, Ticker};
use crate::cli::surroundings::Repositories;
use crate::cli::{Status, input};
use crate::size::{Baseline, Image, Limits, Recipe, Summary, Verdict, read, report, show_text};
use crate::verify::Builder;

/// The baseline file where none is named.
const BASELINE: &str = "imgfix-size.json";

/// Measures the images of the command line.
pub(crate) fn run(cli: &Cli, args: &SizeArgs, output: &mut Output) -> Result<Status, Failure> {
    let mut places = Places::new()?;
    let mut configs = Configs::new(&cli.settings, &mut places)?;
    let folder = places.current().to_owned();
    let config = configs.of_folder(&folder, &mut places)?;
    let effective = config.effective(None, &configs);
    let limits = Limits {
        warn_above: args.warn_above.unwrap_or(effective.warn_above.value),
        fail_above: args.fail_above.unwrap_or(effective.fail_above.value),
    };
    let named = args.baseline.clone().or(effective.baseline.value);
    let mut file = BaselineFile::read(named, args.write_baseline, &places)?;
    let wanted = wanted(args, file.baseline.as_ref())?;
    let recipe = match &args.dockerfile {
        Some(path) => Some(recipe(path, args, &mut places, &mut configs)?),
        None => None,
    };
    let mut summary = Summary::new(file.baseline.as_ref().map(|_| file.path.as_path()), limits);
    let mut measure = Measure {
        args,
        engine: None,
        quiet: cli.print.quiet,
    };
    let mut measured = Vec::new();
    for wanted in &wanted {
        match measure.images(wanted) {
            Ok(images) => measured.extend(images),
            Err(failure) => {
                output.fail(&failure);
                summary.failed.push(failure.message);
            }
        }
    }
    for (name, image) in &measured {
        let report = report(name, image, file.baseline.as_ref(), limits, recipe.as_ref());
        if args.format == DocumentFormat::Text {
            let width = output.width();
            output.print(&show_text(&report, limits, width, output.palette))?;
        }
        summary.images.push(report);
    }
    match args.format {
        DocumentFormat::Text => {}
        DocumentFormat::Json => output.print(&summary.json())?,
        DocumentFormat::Markdown => output.print(&summary.markdown())?,
    }
    if args.write_baseline && !measured.is_empty() {
        file.write(&measured)?;
        if !cli.print.quiet {
            output.tell(&format!(
                "{}: written\n",
                crate::report::printable(&file.label)
            ));
        }
    } else if file.baseline.is_none() && !cli.print.quiet {
        let hint = format!("hint: `--write-baseline` writes {BASELINE}, to compare with\n");
        output.tell(&hint);
    }
    let grew = || {
        summary
            .images
            .iter()
            .any(|it| it.verdict == Verdict::TooLarge)
    };
    Ok(if !summary.failed.is_empty() {
        Status::Failed
    } else if !args.write_baseline && grew() {
        Status::WouldChange
    } else {
        Status::Done
    })
}

/// The baseline, and where it is.
struct BaselineFile {
    path: PathBuf,
    label: String,
    /// The text of the file; `None` where there is none yet.
    text: Option<String>,
    baseline: Option<Baseline>,
}

impl BaselineFile {
    fn read(named: Option<PathBuf>, is_written: bool, places: &Places) -> Result<Self, Failure> {
        let is_named = named.is_some();
        let path = named.unwrap_or_else(|| BASELINE.into());
        let label = places.label(&path);
        if !path.exists() && (is_written || !is_named) {
            return Ok(Self {
                path,
                label,
                text: None,
                baseline: None,
            });
        }
        let text = input::read_text(&path, &label).map_err(|failure| {
            if path.exists() {
                failure
            } else {
                failure.hint("`--write-baseline` makes it")
            }
        })?;
        let baseline =
            Baseline::read(&text).map_err(|error| Failure::new(format!("{label}: {error}")))?;
        Ok(Self {
            path,
            label,
            text: Some(text),
            baseline: Some(baseline),
        })
    }

    fn write(&mut self, measured: &[(String, Image)]) -> Result<(), Failure> {
        let mut baseline = self.baseline.take().unwrap_or_default();
        for (name, image) in measured {
            baseline.set(name, image);
        }
        let text = baseline.text();
        match &self.text {
            Some(before) => replace(&self.path, &self.label, before, &text),
            None => create(&self.path, &self.label, &text),
        }
    }
}

/// An image that is asked for.
struct Wanted<'a> {
    /// The name that the baseline shall know it by.
    name: Option<&'a str>,
    /// An archive, `-`, or a reference.
    what: &'a str,
}

fn wanted<'a>(
    args: &'a SizeArgs,
    baseline: Option<&'a Baseline>,
) -> Result<Vec<Wanted<'a>>, Failure> {
    let named: Vec<Wanted<'_>> = if args.images.is_empty() {
        let names = baseline.into_iter().flat_map(Baseline::names);
        names.map(|what| Wanted { name: None, what }).collect()
    } else {
        let images = args.images.iter().map(|image| match image.split_once('=') {
            Some((name, what)) if !Path::new(image).exists() => Wanted {
                name: Some(name).filter(|name| !name.is_empty()),
                what,
            },
            _ => Wanted {
                name: None,
                what: image,
            },
        });
        images.collect()
    };
    if named.is_empty() {
        return Err(
            Failure::new("no image is named, and no baseline names one").hint(
                "name an archive of `docker save`, `-`, or an image that the local engine knows",
            ),
        );
    }
    if named.iter().filter(|wanted| wanted.what == "-").count() > 1 {
        return Err(Failure::new(
            "standard input holds one archive, and `-` is there twice",
        ));
    }
    Ok(named)
}

/// Reads the Dockerfile of the images, and what becomes of it.
fn recipe(
    path: &Path,
    args: &SizeArgs,
    places: &mut Places,
    configs: &mut Configs,
) -> Result<Recipe, Failure> {
    let label = places.label(path);
    if path.is_dir() {
        return Err(Failure::new(format!("{label}: is a folder, not a file")));
    }
    let found = discover(&[path.to_owned()], places, configs)?;
    let Some(file) = found.files.first() else {
        let failure = found.failures.into_iter().next();
        return Err(failure.unwrap_or_else(|| Failure::new(format!("{label}: not read"))));
    };
    let repositories = Repositories::new([&file.root], found.listings);
    let text = input::read_text(&file.path, &label)?;
    let settings = file.config.settings(&file.path, configs);
    let surroundings =
        repositories.surroundings(&file.root, file.relative(), &text, &settings.context);
    let outcome = rewritten(&label, &text, &surroundings, &settings)?;
    Recipe::new(&label, &text, args.target.as_deref(), &outcome)
        .map_err(|error| Failure::new(format!("{label}: {error}")))
}

/// Reads images, and looks for an engine when the first one is needed.
struct Measure<'a> {
    args: &'a SizeArgs,
    engine: Option<Builder>,
    quiet: bool,
}

impl Measure<'_> {
    /// The images that are meant, each with its name.
    fn images(&mut self, wanted: &Wanted<'_>) -> Result<Vec<(String, Image)>, Failure> {
        let what = wanted.what;
        let failed = |error: &io::Error| Failure::new(format!("{what}: {}", cause(error)));
        let mut is_reference = false;
        let images = if what == "-" {
            let failed =
                |error: &io::Error| Failure::new(format!("standard input: {}", cause(error)));
            self.archive(what, io::stdin().lock())
                .map_err(|error| failed(&error))?
        } else if Path::new(what).is_dir() {
            return Err(Failure::new(format!("{what}: is a folder, not an archive"))
                .hint("`tar -C FOLDER -c . | imgfix size -` reads an image layout"));
        } else if Path::new(what).exists() || is_path(what) {
            let file = File::open(what).map_err(|error| failed(&error))?;
            self.archive(what, file).map_err(|error| failed(&error))?
        } else {
            is_reference = true;
            self.of_engine(what)?
        };
        let count = images.len();
        if let (Some(name), 2..) = (wanted.name, count) {
            return Err(Failure::new(format!(
                "{what}: holds {count} images, and `{name}=` names one"
            )));
        }
        if count == 0 {
            return Err(Failure::new(format!("{what}: holds no image")));
        }
        let name = |image: &Image| {
            if let Some(name) = wanted.name {
                return name.to_owned();
            }
            let tag = image.tags.first().filter(|_| !is_reference);
            let name = tag.map_or(what, String::as_str);
            match &image.platform {
                Some(platform) if count > 1 => format!("{name} ({platform})"),
                _ => name.to_owned(),
            }
        };
        Ok(images
            .into_iter()
            .map(|image| (name(&image), image))
            .collect())
    }

    fn archive(&self, what: &str, archive: impl Read) -> io::Result<Vec<Image>> {
        let _ticker = Ticker::new(self.quiet, &format!("{what}: reading the image"));
        read(archive)
    }

    fn of_engine(&mut self, reference: &str) -> Result<Vec<Image>, Failure> {
        // It becomes an argument of the engine.
        let is_reference = |char: char| char.is_ascii_graphic() && !matches!(char, '"' | '\'');
        if reference.is_empty()
            || reference.starts_with('-')
            || !reference.chars().all(is_reference)
        {
            return Err(Failure::new(format!("`{reference}` is no image reference")));
        }
        if self.engine.is_none() {
            let found = Builder::find(self.args.builder.as_deref())
                .map_err(|error| Failure::new(format!("{reference}: no such file, and {error}")))?;
            self.engine = Some(found);
        }
        let engine = self.engine.as_ref().expect("it was found");
        let title = format!("{reference}: reading the image");
        let tags = [reference.to_owned()];
        let found = engine
            .save(
                &tags,
                &title,
                &mut Progress::new(self.quiet, Lasting::Passing),
                |from: &mut dyn Read| read(from),
            )
            .map_err(|error| {
                Failure::new(format!("{reference}: {}: {}", engine.name(), cause(&error)))
            })?;
        Ok(found.into_iter().flatten().collect())
    }
}

/// Whether a word is written as a path, so that no engine is asked for it.
fn is_path(word: &str) -> bool {
    let extension = Path::new(word).extension();
    let is_archive = extension.is_some_and(|it| it == "tar" || it == "gz" || it == "tgz");
    is_archive || word.starts_with(['/', '.'])
}
