//! What people expect of any program: help, colours, widths, suggestions, interrupts, logs.

use std::process::Command;

use super::sandbox::{FINE, REWRITABLE, Run, Sandbox, command};

fn sandbox() -> Sandbox {
    Sandbox::repository(&[("Dockerfile", REWRITABLE)])
}

/// Runs with variables of the environment.
fn run_in(sandbox: &Sandbox, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    let mut command = command(&sandbox.path(""), arguments);
    command.env_remove("TERM").env_remove("COLUMNS");
    command.envs(variables.iter().copied());
    Run::of(&command.output().expect("the program ends"))
}

/// Runs a line of shell on a terminal; `None` where there is no way to have one. Both streams come as one.
fn on_terminal(sandbox: &Sandbox, variables: &[(&str, &str)], line: &str) -> Option<Run> {
    let mut script = Command::new("script");
    script
        .args(["-qec", line, "/dev/null"])
        .current_dir(sandbox.path(""))
        .env("IMGFIX", env!("CARGO_BIN_EXE_imgfix"))
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::null());
    for name in ["CI", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        script.env_remove(name);
    }
    let output = script.envs(variables.iter().copied()).output();
    if output.is_err() {
        eprintln!("left out: there is no script(1) to make a terminal");
    }
    Some(Run::of(&output.ok()?))
}

#[test]
fn help_is_short_and_long_and_grouped() {
    let short = sandbox().run(&["-h"]).stdout;
    let long = sandbox().run(&["--help"]).stdout;
    assert!(short.lines().count() < 70, "{short}");
    assert!(long.lines().count() > short.lines().count() + 20, "{long}");
    for heading in ["Commands:", "Result:", "Rewrites:", "Printing:"] {
        assert!(
            short.contains(heading) && long.contains(heading),
            "{heading}"
        );
    }
    for text in [
        "Exit status:\n  0 ",
        "\n  130  interrupted",
        "NO_COLOR",
        "COLUMNS",
        "RUST_LOG",
    ] {
        assert!(long.contains(text), "{text:?} is not in {long}");
    }
    assert!(!short.contains("Exit status"), "{short}");
}

#[test]
fn columns_say_how_long_lines_of_help_are() {
    let widest = |run: &Run| {
        let lines = run
            .stdout
            .lines()
            .take_while(|line| *line != "Exit status:");
        lines.map(|line| line.chars().count()).max().unwrap_or(0)
    };
    let sandbox = sandbox();
    let wide = widest(&run_in(&sandbox, &[("COLUMNS", "90")], &["--help"]));
    assert!((70..=90).contains(&wide), "{wide}");
    let narrow = widest(&run_in(&sandbox, &[("COLUMNS", "60")], &["--help"]));
    assert!(narrow <= 60, "{narrow}");
    for odd in ["0", "many", ""] {
        let run = run_in(&sandbox, &[("COLUMNS", odd)], &["--help"]);
        assert!((70..=100).contains(&widest(run.ends_with(0))), "{odd}");
    }
}

#[test]
fn typing_errors_get_a_suggestion() {
    let sandbox = sandbox();
    for (arguments, said) in [
        (&["--wriet"][..], "'--write'"),
        (
            &["verfy"],
            "imgfix: verfy: no such file or directory\nhint: did you mean the command `verify`?",
        ),
        (&["--color=alwys"], "'always'"),
        (&["explain", "merge-run"], "did you mean `merge-runs`?"),
        (&["--ignore=mergeruns"], "did you mean `merge-runs`?"),
        (&["size", "x.tar", "--format=jsn"], "'json'"),
    ] {
        sandbox.run(arguments).ends_with(2).says(said);
    }
    sandbox.write("imgfix.toml", "ignore = [\"marge-runs\"]\n");
    sandbox.run(&[]).ends_with(2).says(
        "imgfix: imgfix.toml:1: unknown transform `marge-runs`\nhint: did you mean `merge-runs`?",
    );
}

#[test]
fn a_comment_that_names_no_transform_is_told() {
    let text = REWRITABLE.replace(
        "\nRUN",
        "\n# imgfix: ignore[merge-run, copy-ownership] why\nRUN",
    );
    let sandbox = Sandbox::repository(&[("Dockerfile", &text)]);
    let run = sandbox.run(&[]);
    run.ends_with(0).says(
        "Dockerfile:3  the comment above keeps off no transform: there is none called `merge-run`\n\
         hint: did you mean `merge-runs`?",
    );
    assert!(!run.stderr.contains("called `copy-ownership`"), "{run:?}");
    assert_eq!(
        sandbox
            .run(&["--quiet"])
            .stderr
            .matches("keeps off")
            .count(),
        2
    );
    // Named ones that do not run today are known all the same.
    let run = sandbox.run(&["--select=add-to-copy"]);
    assert!(!run.stderr.contains("called `copy-ownership`"), "{run:?}");
}

#[test]
fn the_environment_says_whether_there_are_colours() {
    let sandbox = sandbox();
    let colours = |variables: &[(&str, &str)], arguments: &[&str]| {
        run_in(&sandbox, variables, arguments)
            .stdout
            .contains('\u{1b}')
    };
    assert!(!colours(&[], &[]), "a pipe has none");
    assert!(colours(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(colours(&[], &["--color=always"]));
    assert!(!colours(&[("CLICOLOR_FORCE", "1")], &["--color=never"]));
    assert!(colours(&[("NO_COLOR", "1")], &["--color=always"]));
    assert!(!colours(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], &[]));
    let help = run_in(&sandbox, &[("CLICOLOR_FORCE", "1")], &["--help"]);
    assert!(help.stdout.contains('\u{1b}'));
    let plain = run_in(
        &sandbox,
        &[("CLICOLOR_FORCE", "1")],
        &["--help", "--color=never"],
    );
    assert!(!plain.stdout.contains('\u{1b}'));
}

#[test]
fn a_terminal_has_colours_unless_it_is_asked_for_none() {
    let sandbox = sandbox();
    let colours = |variables: &[(&str, &str)]| {
        let run = on_terminal(&sandbox, variables, "\"$IMGFIX\"")?;
        assert!(run.stdout.contains("diff --git"), "{run:?}");
        Some(run.stdout.contains("\u{1b}["))
    };
    let Some(usual) = colours(&[]) else { return };
    assert!(usual);
    for variable in [("NO_COLOR", "1"), ("CLICOLOR", "0"), ("TERM", "dumb")] {
        assert_eq!(colours(&[variable]), Some(false), "{variable:?}");
    }
}

#[test]
fn a_line_of_progress_stands_on_a_terminal_alone_and_after_a_second() {
    let sandbox = sandbox();
    let archive = "tar -cf image.tar Dockerfile";
    let made = Command::new("sh")
        .arg("-c")
        .arg(archive)
        .current_dir(sandbox.path(""))
        .status();
    assert!(made.expect("a shell").success());
    let slow = "(sleep 1.6; cat image.tar) | \"$IMGFIX\" size -";
    let progress = "-: reading the image … 1 s";
    let Some(run) = on_terminal(&sandbox, &[], slow) else {
        return;
    };
    assert!(run.stdout.contains(progress), "{run:?}");
    // It is gone before anything else is said.
    let (_, behind) = run.stdout.split_once(progress).expect("a line");
    assert!(behind.starts_with("\r\u{1b}[K"), "{run:?}");
    for (variables, line) in [
        (&[][..], "\"$IMGFIX\" size - < image.tar"),
        (&[("TERM", "dumb")], slow),
        (
            &[],
            "(sleep 1.6; cat image.tar) | \"$IMGFIX\" size - 2> errors; cat errors",
        ),
        (
            &[],
            "(sleep 1.6; cat image.tar) | \"$IMGFIX\" --quiet size -",
        ),
    ] {
        let run = on_terminal(&sandbox, variables, line).expect("a terminal");
        assert!(!run.stdout.contains("reading"), "{line}: {run:?}");
        assert!(run.stdout.contains("no image archive"), "{line}: {run:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_no_file_half_written() {
    use std::os::unix::process::ExitStatusExt;
    use std::process::Stdio;
    use std::time::Duration;

    let sandbox = Sandbox::repository(&[]);
    let count = 3000;
    for number in 0..count {
        sandbox.write(&format!("{number}/Dockerfile"), REWRITABLE);
    }
    let mut child = command(&sandbox.path(""), &["--write"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let written = |number: usize| sandbox.read(&format!("{number}/Dockerfile")) != REWRITABLE;
    let first = || (0..count).filter(|&number| written(number)).take(1).count();
    while first() == 0 && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let id = child.id().to_string();
    let killed = Command::new("kill").args(["-INT", &id]).status();
    assert!(killed.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.signal(), None);
    let run = Run::of(&output);
    run.ends_with(130)
        .says("imgfix: interrupted; what is listed is done\n");
    let mut done = 0;
    for number in 0..count {
        let folder = sandbox.path(&number.to_string());
        let files = std::fs::read_dir(folder).expect("a folder").count();
        assert_eq!(files, 1, "a temporary file is left in {number}");
        let text = sandbox.read(&format!("{number}/Dockerfile"));
        if text != REWRITABLE {
            assert!(text.ends_with("CMD [\"curl\"]\n"), "{text}");
            done += 1;
        }
    }
    assert!(done > 0 && done < count, "{done} of {count}");
}

#[test]
fn a_log_is_behind_the_flag() {
    let sandbox = Sandbox::repository(&[("Dockerfile", FINE), ("imgfix.toml", "")]);
    let log = |variables: &[(&str, &str)], arguments: &[&str]| {
        let stderr = run_in(&sandbox, variables, arguments).stderr;
        let lines = stderr.lines().filter(|line| line.contains(" ms] "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(log(&[], &["-v"]), [""; 0]);
    assert_eq!(log(&[("RUST_LOG", "debug")], &[]), [""; 0]);
    let lines = log(&[], &["-vv"]);
    let has = |text: &str| lines.iter().any(|line| line.ends_with(text));
    assert!(
        has("DEBUG imgfix::cli::config: configuration: imgfix.toml"),
        "{lines:?}"
    );
    assert!(
        has("DEBUG imgfix::cli::commands::rewrite: 1 Dockerfiles found"),
        "{lines:?}"
    );
    let lines = log(&[("RUST_LOG", "imgfix::cli::config=debug")], &["-v"]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    sandbox.write("Dockerfile", REWRITABLE);
    let lines = log(&[], &["-vvv"]);
    assert!(
        lines
            .iter()
            .any(|line| line.contains("TRACE imgfix::engine: pass 1: ")),
        "{lines:?}"
    );
}
