//! `imgfix size`, on archives made here. Its engine is a script; real engines are tried by hand and in
//! `cargo xtask release-check`.

use std::process::{Command, Stdio};

use super::big_image::{self, Shape};
use super::sandbox::{Run, Sandbox};

/// An image: its tag, and its layers with the instruction of each and the files in it.
type Layers<'a> = &'a [(&'a str, &'a [(&'a str, usize)])];

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, path, *content)
            .expect("a member");
    }
    builder.into_inner().expect("an archive")
}

/// What `docker save` writes. Instructions without files are in the history alone.
fn archive(tag: &str, layers: Layers<'_>) -> Vec<u8> {
    let mut history = Vec::new();
    let mut blobs = Vec::new();
    for (instruction, files) in layers {
        history.push(serde_json::json!({
            "created_by": format!("{instruction} # buildkit"),
            "empty_layer": files.is_empty(),
        }));
        let content = vec![b'x'; 10_000_000];
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|&(path, bytes)| (path, &content[..bytes]))
            .collect();
        if !files.is_empty() {
            blobs.push((format!("{}.tar", blobs.len()), tar(&files)));
        }
    }
    let names: Vec<&String> = blobs.iter().map(|(name, _)| name).collect();
    let manifest = serde_json::json!([{"Config": "c.json", "RepoTags": [tag], "Layers": names}]);
    let config = serde_json::json!({"history": history}).to_string();
    let manifest = manifest.to_string();
    let mut members: Vec<(&str, &[u8])> = vec![
        ("manifest.json", manifest.as_bytes()),
        ("c.json", config.as_bytes()),
    ];
    members.extend(blobs.iter().map(|(name, blob)| (&**name, blob.as_slice())));
    tar(&members)
}

const BASE: (&str, &[(&str, usize)]) = ("ADD rootfs.tar /", &[("bin/sh", 8_000_000)]);

fn with(images: &[(&str, Layers<'_>)]) -> Sandbox {
    let sandbox = Sandbox::repository(&[]);
    for (name, layers) in images {
        sandbox.write(&format!("{name}.tar"), archive("app:1", layers));
    }
    sandbox
}

#[track_caller]
fn shows(run: &Run, text: &str) {
    assert!(run.stdout.contains(text), "{text:?} is not in {run:#?}");
}

#[test]
fn an_image_is_compared_with_its_baseline() {
    let grown = |bytes| [BASE, ("COPY . /app", bytes)];
    let sandbox = with(&[
        ("before", &grown(&[("app/x", 2_000_000)])),
        ("little", &grown(&[("app/x", 3_000_000)])),
        ("more", &grown(&[("app/x", 3_000_001)])),
        ("much", &grown(&[("app/x", 4_600_000)])),
    ]);
    let run = sandbox.run(&["size", "before.tar"]);
    shows(
        run.ends_with(0),
        "app:1: 10.0 MB, no baseline to compare with\n",
    );
    run.says("hint: `--write-baseline` writes imgfix-size.json");
    let run = sandbox.run(&["size", "--write-baseline", "before.tar"]);
    run.ends_with(0).says("imgfix-size.json: written");
    let run = sandbox.run(&["size", "little.tar"]);
    shows(run.ends_with(0), "app:1: 11.0 MB, +1.0 MB (+10.0 %)\n");
    let run = sandbox.run(&["size", "more.tar"]);
    shows(run.ends_with(0), "(+10.0 %), warning above 10 %\n");
    let run = sandbox.run(&["size", "much.tar"]);
    shows(
        run.ends_with(1),
        "+2.6 MB (+26.0 %), too large above 25 %\n",
    );
    shows(&run, "    +2.6 MB  COPY . /app\n");
    let run = sandbox.run(&["size", "much.tar", "--fail-above=30%", "--warn-above=26"]);
    shows(run.ends_with(0), "+2.6 MB (+26.0 %)\n");
    // What is written down is accepted.
    sandbox
        .run(&["size", "much.tar", "--write-baseline"])
        .ends_with(0);
    let run = sandbox.run(&["size", "much.tar"]);
    shows(run.ends_with(0), "±0 bytes (+0.0 %)\n");
}

#[test]
fn limits_and_baseline_come_from_the_configuration() {
    let sandbox = with(&[
        ("a", &[BASE]),
        ("b", &[BASE, ("COPY . /", &[("x", 100_000)])]),
    ]);
    let config = "[size]\nbaseline = \"ci/sizes.json\"\nwarn-above = 0.5\nfail-above = 1\n";
    sandbox.write("imgfix.toml", config);
    sandbox.write("ci/other", "");
    sandbox
        .run(&["size", "a.tar", "--write-baseline"])
        .ends_with(0);
    assert!(sandbox.read("ci/sizes.json").contains("\"app:1\""));
    shows(
        sandbox.run(&["size", "b.tar"]).ends_with(1),
        "too large above 1 %",
    );
    shows(
        &sandbox.run(&["config"]),
        "fail-above = 1.0  # imgfix.toml:4\n",
    );
    sandbox.write("imgfix.toml", "[size]\nfail-above = -1\n");
    sandbox
        .run(&["size", "b.tar"])
        .ends_with(2)
        .says("imgfix: imgfix.toml:2: `fail-above` is no number of per cent from 0\n");
}

#[test]
fn an_image_has_the_name_that_it_is_given() {
    let sandbox = with(&[
        ("a", &[BASE]),
        ("b", &[BASE, ("COPY . /", &[("x", 4_000_000)])]),
    ]);
    sandbox
        .run(&["size", "api=a.tar", "--write-baseline"])
        .ends_with(0);
    shows(
        sandbox.run(&["size", "api=b.tar"]).ends_with(1),
        "api: 12.0 MB",
    );
    shows(
        sandbox.run(&["size", "b.tar"]).ends_with(0),
        "app:1: 12.0 MB, not in the baseline",
    );
}

const WASTEFUL: Layers<'_> = &[
    BASE,
    (
        "RUN |1 TOKEN=secret /bin/sh -c apt-get update",
        &[("var/lib/apt/lists/x", 1_000_000)],
    ),
    (
        "RUN /bin/sh -c apt-get install -y curl",
        &[("usr/bin/curl", 300_000)],
    ),
    (
        "RUN /bin/sh -c rm -rf /var/lib/apt/lists/*",
        &[("var/lib/apt/lists/.wh.x", 0)],
    ),
    ("COPY . /app", &[("app/main", 600_000), ("app/small", 10)]),
    (
        "RUN /bin/sh -c chown -R 1000 /app",
        &[("app/main", 600_000)],
    ),
    ("CMD [\"/app/main\"]", &[]),
];

const DOCKERFILE: &str = "FROM debian:bookworm-slim\nARG TOKEN\nRUN apt-get update\n\
    RUN apt-get install -y \\\n      curl\nRUN rm -rf /var/lib/apt/lists/*\n\
    COPY . /app\nRUN chown -R 1000 /app\nCMD [\"/app/main\"]\n";

#[test]
fn what_is_shipped_for_nothing_has_its_instructions_and_its_rewrite() {
    let sandbox = with(&[("a", WASTEFUL)]);
    let run = sandbox.run(&["size", "a.tar"]);
    run.ends_with(0);
    let caches = "    1.0 MB in 1 file, caches, deleted by\n      RUN rm -rf /var/lib/apt/lists/*\n      \
        shipped by RUN apt-get update\n      largest: /var/lib/apt/lists/x (1.0 MB)\n      \
        `merge-runs` may save it; `--dockerfile` says whether it applies\n";
    shows(&run, caches);
    let twice = "    600.0 kB in 1 file, shipped again with another owner or mode by\n      \
        RUN chown -R 1000 /app\n      shipped by COPY . /app\n";
    shows(&run, twice);
    assert!(!run.stdout.contains("secret"), "{run:?}");
}

#[test]
fn with_the_dockerfile_the_lines_and_what_applies_are_told() {
    // The history of a build argument is a step of its own.
    let mut layers = WASTEFUL.to_vec();
    layers.insert(1, ("ARG TOKEN", &[]));
    let sandbox = with(&[("a", &layers)]);
    sandbox.write("Dockerfile", DOCKERFILE);
    sandbox.write("main", "#!/bin/sh\n");
    let run = sandbox.run(&["size", "a.tar", "--dockerfile", "Dockerfile"]);
    run.ends_with(0);
    shows(
        &run,
        "      line 6: RUN rm -rf /var/lib/apt/lists/*\n      shipped by line 3: RUN apt-get update\n",
    );
    shows(&run, "      `merge-runs` saves it: join 2 RUN instructions");
    shows(
        &run,
        "      line 8: RUN chown -R 1000 /app\n      shipped by line 7: COPY . /app\n",
    );
    assert!(!run.stdout.contains("note:"), "{run:?}");
    let run = sandbox.run(&[
        "size",
        "a.tar",
        "--dockerfile=Dockerfile",
        "--ignore=merge-runs",
    ]);
    assert!(!run.stdout.contains("`merge-runs` saves it"), "{run:?}");
}

#[test]
fn the_page_shows_what_is_printed() {
    let mut layers = WASTEFUL.to_vec();
    layers.insert(1, ("ARG TOKEN", &[]));
    let before = [
        &layers[..5],
        &[("COPY . /app", &[("app/main", 100_000)][..])],
    ]
    .concat();
    let sandbox = with(&[("before", &before), ("app", &layers)]);
    sandbox.write("Dockerfile", DOCKERFILE);
    sandbox.write("main", "#!/bin/sh\n");
    sandbox
        .run(&["size", "before.tar", "--write-baseline"])
        .ends_with(0);
    let run = sandbox.run(&["size", "app.tar", "--dockerfile=Dockerfile"]);
    let page = include_str!("../../../docs/size.md");
    assert!(
        page.contains(&run.stdout),
        "docs/size.md should show:\n{}",
        run.stdout
    );
}

#[test]
fn another_dockerfile_is_noticed() {
    let sandbox = with(&[("a", WASTEFUL)]);
    sandbox.write("Dockerfile", "FROM debian\nRUN make\nRUN apt-get update\n");
    let run = sandbox.run(&["size", "a.tar", "--dockerfile=Dockerfile"]);
    shows(
        run.ends_with(0),
        "  note: 1 of the 2 instructions of Dockerfile are in the history of the image",
    );
    shows(&run, "shipped by line 3: RUN apt-get update\n");
    let run = sandbox.run(&["size", "a.tar", "--dockerfile=Dockerfile", "--target=build"]);
    run.ends_with(2)
        .says("imgfix: Dockerfile: it has no stage `build`\n");
}

#[test]
fn json_and_markdown_say_the_same() {
    let sandbox = with(&[("a", WASTEFUL)]);
    let run = sandbox.run(&["size", "a.tar", "--format=json"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let image = &value["images"][0];
    assert_eq!(image["name"], "app:1");
    assert_eq!(image["verdict"], "measured");
    assert_eq!(image["bytes"], 10_500_010);
    assert_eq!(image["layers"][1]["instruction"], "RUN apt-get update");
    assert_eq!(image["layers"][1]["hidden_bytes"], 1_000_000);
    assert_eq!(image["hidden"][0]["saving"]["transform"], "merge-runs");
    assert_eq!(image["hidden"][1]["how"], "repeated");
    assert_eq!(image["hidden"][1]["saving"]["transform"], "copy-ownership");
    let run = sandbox.run(&["size", "a.tar", "--format=markdown"]);
    shows(
        &run,
        "| `app:1` |  | 10.5 MB | no baseline to compare with | 1.6 MB |\n",
    );
    shows(&run, "| `RUN apt-get update` | 1.0 MB |  | 1.0 MB |\n");
}

#[test]
fn what_cannot_be_measured_is_one_clear_error_and_the_others_are_done() {
    let sandbox = with(&[("a", &[BASE])]);
    let whole = std::fs::read(sandbox.path("a.tar")).expect("an archive");
    sandbox.write("cut.tar", &whole[..whole.len() / 2]);
    sandbox.write("text.tar", "hello");
    sandbox.write("other.tar", tar(&[("readme", b"x")]));
    sandbox.write("sizes.json", "{\"format\":9}");
    for (file, why) in [
        ("cut.tar", "imgfix: cut.tar: "),
        ("text.tar", "imgfix: text.tar: "),
        (
            "other.tar",
            "other.tar: no image archive: it has neither manifest.json nor index.json\n",
        ),
        ("none.tar", "imgfix: none.tar: no such file or directory\n"),
        (".", "imgfix: .: is a folder, not an archive\n"),
        (
            "--dockerfile=none",
            "imgfix: none: no such file or directory\n",
        ),
        (
            "--baseline=none.json",
            "none.json: no such file or directory\nhint: `--write-baseline` makes it\n",
        ),
        (
            "--baseline=sizes.json",
            "imgfix: sizes.json: a baseline of format 9, and this imgfix reads format 1\n",
        ),
        ("--fail-above=-3", "wanted is a number of per cent from 0"),
        ("-=-x", "imgfix: `-x` is no image reference\n"),
    ] {
        let run = sandbox.run(&["size", "a.tar", "--", file]);
        let run = if file.starts_with("--") {
            sandbox.run(&["size", "a.tar", file])
        } else {
            shows(&run, "app:1: 8.0 MB");
            run
        };
        run.ends_with(2).says(why);
    }
    sandbox
        .run(&["size"])
        .ends_with(2)
        .says("imgfix: no image is named, and no baseline names one\nhint: ");
}

#[test]
fn an_archive_on_standard_input_and_a_compressed_one_are_read() {
    let sandbox = with(&[("a", &[BASE])]);
    let run = Command::new("sh")
        .arg("-c")
        .arg("gzip < a.tar > a.tar.gz; cat a.tar | \"$IMGFIX\" size a.tar.gz stream=-")
        .env("IMGFIX", env!("CARGO_BIN_EXE_imgfix"))
        .current_dir(sandbox.path("."))
        .output()
        .expect("a shell");
    let run = Run::of(&run);
    shows(run.ends_with(0), "app:1: 8.0 MB");
    shows(&run, "stream: 8.0 MB");
}

#[cfg(unix)]
#[test]
fn a_reference_is_asked_of_the_engine() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = with(&[("a", &[BASE])]);
    let script = "#!/bin/sh\ncase \"$*\" in\nversion*) echo 1.2.3 ;;\n\
        \"image save app:2\") cat \"$(dirname \"$0\")/../a.tar\" ;;\n\
        *) echo \"Error: no such image\" >&2; exit 1 ;;\nesac\n";
    sandbox.write("bin/docker", script);
    let program = sandbox.path("bin/docker");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    let builder = format!("--builder={}", program.display());
    let run = sandbox.run(&["size", &builder, "app:2", "app:3", "--write-baseline"]);
    shows(&run, "app:2: 8.0 MB");
    run.ends_with(2)
        .says("imgfix: app:3: docker 1.2.3: error: no such image\n");
    // What the baseline names is measured where nothing else is named.
    let run = sandbox.run(&["size", &builder]);
    shows(run.ends_with(0), "app:2: 8.0 MB, ±0 bytes (+0.0 %)");
    let run = sandbox.run(&["size", "--builder=/nowhere/docker", "app:2"]);
    run.ends_with(2).says(
        "imgfix: app:2: no such file, and no builder answers (/nowhere/docker: not installed)",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_flat_while_a_large_image_is_read() {
    // So much address space would not hold the image, nor the larger one of its layers.
    let limit_kb = 150_000;
    let shape = Shape {
        large: 400_000_000,
        small: 20_000,
    };
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {limit_kb} && exec \"$IMGFIX\" size -"))
        .env("IMGFIX", env!("CARGO_BIN_EXE_imgfix"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    let mut stdin = child.stdin.take().expect("a pipe");
    big_image::write(shape, &mut stdin).expect("it is read to its end");
    drop(stdin);
    let run = Run::of(&child.wait_with_output().expect("the program ends"));
    shows(run.ends_with(0), "large:1: 420.0 MB");
    shows(
        &run,
        "20.0 MB in 20000 files, deleted by\n      RUN rm -rf /srv/small",
    );
}
