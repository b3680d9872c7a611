use super::*;

fn commands(text: &str, goals: &[&str]) -> Result<Vec<String>, String> {
    let goals: Vec<String> = goals.iter().map(|&goal| goal.to_owned()).collect();
    let call = Call {
        goals: &goals,
        given: &[("VERSION".to_owned(), "1.4".to_owned())],
        environment: &|name| (name == "OUT").then(|| "out".to_owned()),
        is_there: &|path| path == "main.go",
    };
    Ok(Makefile::parse(text)?.recipe(&call)?.commands)
}

#[test]
fn a_goal_runs_what_it_needs_first() {
    let text = "NAME := tool\nVERSION ?= dev\nLDFLAGS = -X v=$(VERSION)\n\n.PHONY: build vet\n\
                build: vet main.go ## build it\n\t@go build -ldflags \"$(LDFLAGS)\" -o $(OUT)/$(NAME) .\n\n\
                vet:\n\tgo vet ./...\n";
    let found = commands(text, &["build"]).expect("it is followed");
    assert_eq!(
        found,
        [
            "go vet ./...",
            "go build -ldflags \"-X v=1.4\" -o out/tool ."
        ]
    );
    // The first goal is that of the file.
    assert_eq!(commands(text, &[]).expect("it is followed"), found);
}

#[test]
fn what_make_computes_stays_an_expansion() {
    let text = "V := $(shell git describe \\\n  --tags)\nF := $(wildcard *.go)\nall:\n\tgo build -o $@-$(V) $(F) $(NONE)\n";
    let found = commands(text, &["all"]).expect("it is followed");
    assert_eq!(
        found,
        ["go build -o all-$(git describe  --tags) ${of_make} ${NONE}"]
    );
}

#[test]
fn what_is_not_followed_is_named() {
    for (text, named) in [
        ("include other.mk\nall:\n\ttrue\n", "include other.mk"),
        ("ifdef X\nall:\n\ttrue\nendif\n", "the rule for all"),
        ("all: X=1\nall:\n\ttrue\n", "the rule for all"),
        (
            "all: $(wildcard *.go)\n\ttrue\n",
            "what all needs: ${of_make}",
        ),
        ("all: missing\n\ttrue\n", "no rule for missing"),
        (
            "main.go:\n\ttouch main.go\nall: main.go\n",
            "main.go, which is there already",
        ),
        ("%.go:\n\ttouch $@\nall: main.go\n", "no rule for main.go"),
        ("A != date\nall:\n\ttrue\n", "A != date"),
    ] {
        assert_eq!(commands(text, &["all"]), Err(named.to_owned()), "{text}");
    }
    // In a circle.
    assert!(commands("A = $(A)\nall:\n\t$(A)\n", &["all"]).is_err());
}

#[test]
fn a_variable_of_a_condition_is_not_known() {
    let text = "ifeq ($(OS),Windows_NT)\nEXE := .exe\nendif\nall:\n\tgo build -o tool$(EXE)\n";
    let found = commands(text, &["all"]).expect("it is followed");
    assert_eq!(found, ["go build -o tool${EXE}"]);
}

#[test]
fn what_the_environment_gets_is_told() {
    let text = "export CGO_ENABLED = 0\nexport GOBIN := $(shell pwd)\nA = 1\nall:\n\tgo build\n";
    let call = Call {
        goals: &[],
        given: &[],
        environment: &|_| None,
        is_there: &|_| false,
    };
    let makefile = Makefile::parse(text).expect("it is read");
    let exports = makefile.recipe(&call).expect("it is followed").exports;
    let known = BTreeMap::from([
        ("CGO_ENABLED".to_owned(), Some("0".to_owned())),
        ("GOBIN".to_owned(), None),
    ]);
    assert_eq!(exports, known);
}
