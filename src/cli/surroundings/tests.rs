//! Whole repositories, and what they say of a Dockerfile.

use std::fs;

use super::*;
use crate::context::{Found, Gap, Unread};

struct Tree(tempfile::TempDir);

impl Tree {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::write(path, text).expect("a file");
        }
        Self(folder)
    }

    fn of(&self, path: &str) -> Surroundings {
        let root: Arc<Path> = Arc::from(self.0.path());
        let text = read_small(&root, path, MAX_BYTES).unwrap_or_default();
        Repositories::new([&root], BTreeMap::new()).surroundings(
            &root,
            Path::new(path),
            &text,
            &ContextChoice::Auto,
        )
    }

    fn targets(&self, path: &str) -> Vec<String> {
        let targets = self.of(path).targets.into_iter();
        targets
            .map(|target| format!("{} {}", target.stage, target.origin))
            .collect()
    }
}

#[test]
fn targets_come_from_compose_bake_scripts_and_workflows() {
    let tree = Tree::new(&[
        ("api/Dockerfile", "FROM a\n"),
        ("web/Dockerfile", "FROM a\n"),
        (
            "compose.yaml",
            "services:\n  api:\n    build:\n      context: api\n      target: dev\n",
        ),
        (
            "docker-bake.hcl",
            "target \"web\" {\n  context = \"web\"\n  target = \"run\"\n}\n",
        ),
        (
            "ci/test.sh",
            "docker build --target test -f api/Dockerfile .\n",
        ),
        (
            ".github/workflows/ci.yml",
            "on: push\njobs:\n  x:\n    steps:\n    - run: docker build --target lint api\n",
        ),
        (
            "Makefile",
            "x:\n\tdocker build --target $(T) api\n\tpodman build --target all .\n",
        ),
    ]);
    assert_eq!(
        tree.targets("api/Dockerfile"),
        [
            "all Makefile:3",
            "dev compose.yaml:5",
            "lint .github/workflows/ci.yml:5",
            "test ci/test.sh:1"
        ]
    );
    assert_eq!(
        tree.targets("web/Dockerfile"),
        ["all Makefile:3", "run docker-bake.hcl:1"]
    );
}

#[test]
fn a_bake_file_shows_buildkit_and_nothing_shows_nothing() {
    let tree = Tree::new(&[("Dockerfile", "FROM a\n")]);
    assert_eq!(tree.of("Dockerfile").buildkit_evidence, None);
    for (path, text, origin) in [
        ("docker-bake.json", "{}", "docker-bake.json"),
        ("x.sh", "\nexport DOCKER_BUILDKIT=1\n", "x.sh:2"),
        (
            ".gitlab-ci.yml",
            "variables:\n  DOCKER_BUILDKIT: 1\n",
            ".gitlab-ci.yml:2",
        ),
        (
            "compose.yml",
            "services:\n  a:\n    build:\n      ssh: [default]\n",
            "compose.yml:4",
        ),
    ] {
        let tree = Tree::new(&[("Dockerfile", "FROM a\n"), (path, text)]);
        let evidence = tree.of("Dockerfile").buildkit_evidence;
        assert_eq!(evidence.as_deref(), Some(origin), "{path}");
    }
}

#[test]
fn children_are_built_on_an_image_of_the_repository() {
    let tree = Tree::new(&[
        ("base/Dockerfile", "FROM debian\n"),
        (
            "api/Dockerfile",
            "ARG TAG=1\nFROM acme/base:${TAG}\nRUN b\n",
        ),
        ("web/Dockerfile", "FROM acme/other\n"),
        ("build.sh", "docker build -t acme/base:$V base/\n"),
    ]);
    let children = tree.of("base/Dockerfile").children;
    assert_eq!(children.len(), 1);
    assert_eq!(children[0].path, "api/Dockerfile");
    assert_eq!(children[0].reference, "acme/base:1");
    assert!(children[0].text.ends_with("RUN b\n"));
    assert!(tree.of("api/Dockerfile").children.is_empty());
}

#[test]
fn the_context_is_the_folder_of_the_dockerfile_or_what_compose_says() {
    let files = [
        ("docker/Dockerfile", "FROM a\nCOPY . .\n"),
        ("docker/run.sh", "echo"),
        ("requirements.txt", "x"),
        ("main.py", "x"),
        (".dockerignore", "a"),
    ];
    let context = Tree::new(&files).of("docker/Dockerfile").context;
    assert!(context.known);
    let found: Vec<_> = context.files.iter().collect();
    assert_eq!(
        found,
        [
            (&"Dockerfile".to_owned(), &None),
            (&"run.sh".to_owned(), &Some("echo".to_owned()))
        ]
    );
    assert_eq!(context.dockerignore, None);

    let compose =
        "services:\n  a:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile\n";
    let mut more = files.to_vec();
    more.push(("compose.yaml", compose));
    let context = Tree::new(&more).of("docker/Dockerfile").context;
    assert_eq!(context.files.len(), 6);
    assert_eq!(context.text("requirements.txt"), Ok("x"));
    assert_eq!(context.text("main.py"), Ok("x"));
    assert_eq!(context.text("Dockerfile.txt"), Err(Unread::Absent));
    assert_eq!(ignore_text(&context), Some("a"));

    more.push(("docker/Dockerfile.dockerignore", "own"));
    let context = Tree::new(&more).of("docker/Dockerfile").context;
    assert_eq!(ignore_text(&context), Some("own"));
}

fn ignore_text(context: &BuildContext) -> Option<&str> {
    context.dockerignore.as_ref()?.text.as_deref()
}

#[test]
fn dockerfiles_share_the_picture_of_a_context_but_not_their_ignore_files() {
    let tree = Tree::new(&[
        ("a.Dockerfile", "FROM a\nCOPY . .\n"),
        ("b.Dockerfile", "FROM a\nCOPY . .\n"),
        ("c.Dockerfile", "FROM a\nCOPY . .\n"),
        (".dockerignore", "x"),
        ("b.Dockerfile.dockerignore", "own"),
        ("c.Dockerfile.dockerignore", ""),
    ]);
    let root: Arc<Path> = Arc::from(tree.0.path());
    let repositories = Repositories::new([&root], BTreeMap::new());
    let of = |path| {
        let text = "FROM a\nCOPY . .\n";
        repositories
            .surroundings(&root, Path::new(path), text, &ContextChoice::Auto)
            .context
    };
    let (a, b, c) = (of("a.Dockerfile"), of("b.Dockerfile"), of("c.Dockerfile"));
    assert!(Arc::ptr_eq(&a.files, &b.files));
    assert_eq!(ignore_text(&a), Some("x"));
    assert_eq!(ignore_text(&b), Some("own"));
    assert!(Arc::ptr_eq(&a, &c));
}

#[test]
fn a_context_holds_what_git_ignores_and_what_is_hidden() {
    let tree = Tree::new(&[
        ("api/Dockerfile", "FROM a\nCOPY . .\n"),
        ("api/.env", "x"),
        ("api/dist/app.js", "x"),
        ("api/logs/x.log", "x"),
        ("api/logs/.gitignore", "*\n!.gitignore\n"),
        ("api/node_modules/a/package.json", "{}"),
        ("api/package-lock.json", "{}"),
        (".gitignore", "dist/\n/api/.env\nnode_modules\n"),
    ]);
    let context = tree.of("api/Dockerfile").context;
    assert!(context.is_complete(), "{:?}", context.seen.gaps);
    assert_eq!(context.look(".env"), Found::File);
    assert_eq!(context.look("dist/app.js"), Found::File);
    assert_eq!(context.look("node_modules"), Found::Folder);
    assert_eq!(context.look("node_modules/a"), Found::Unknown);
    assert_eq!(context.text("package-lock.json"), Ok("{}"));
    // A text that is not searched: it would say nothing, at length.
    assert_eq!(context.files["package-lock.json"], None);
    for path in [".env", "dist/app.js", "node_modules", "logs/x.log"] {
        assert!(context.git_ignored(path), "{path}");
    }
    for path in ["Dockerfile", "logs", "logs/.gitignore", "package-lock.json"] {
        assert!(!context.git_ignored(path), "{path}");
    }
}

#[test]
fn a_context_names_what_may_come() {
    let tree = Tree::new(&[
        ("Dockerfile", "FROM a\nCOPY . .\n"),
        ("go.mod", "module a\n"),
        (
            "main.go",
            "read(\"keys/service.json\")\nread(\"./log.txt\")\nread(\"here.pem\")\n",
        ),
        ("here.pem", "x"),
        ("web/package.json", "{}"),
        ("web/index.js", "read(\"token.pem\")\n"),
        ("notes/a.js", "read(\"other.pem\")\n"),
        (".gitignore", ".env\nkeys/\n*.pem\ndist\n"),
    ]);
    let context = tree.of("Dockerfile").context;
    let paths: Vec<&str> = context.seen.may_come.iter().map(String::as_str).collect();
    // Spelt out by a rule, or named by a source of the project in whose folder it would be, and not there.
    assert_eq!(
        paths,
        [
            ".env",
            "dist",
            "keys/service.json",
            "other.pem",
            "token.pem",
            "web/.env",
            "web/dist",
            "web/token.pem"
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_special_files_not_opened() {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    let tree = Tree::new(&[
        ("api/Dockerfile", "FROM a\nCOPY . .\n"),
        ("compose.yaml", "services:\n  a:\n    build: out\n"),
    ]);
    let outside = Tree::new(&[("run.sh", "secret"), ("Dockerfile", "FROM a\nCOPY . .\n")]);
    let api = tree.0.path().join("api");
    symlink(outside.0.path(), tree.0.path().join("out")).expect("a link");
    symlink(outside.0.path(), api.join("out")).expect("a link");
    symlink(outside.0.path().join("run.sh"), api.join("run.sh")).expect("a link");
    symlink("..", api.join("loop")).expect("a link");
    std::os::unix::net::UnixListener::bind(api.join("package.json")).expect("a socket");
    fs::write(api.join("two\nlines.sh"), "echo").expect("a file");
    fs::write(api.join(std::ffi::OsStr::from_bytes(b"caf\xe9.sh")), "echo").expect("a file");

    let context = tree.of("api/Dockerfile").context;
    assert_eq!(context.look("loop"), Found::Link(".."));
    assert!(matches!(context.look("run.sh"), Found::Link(_)));
    assert_eq!(context.look("out/run.sh"), Found::Unknown);
    assert_eq!(context.look("package.json"), Found::Special);
    assert_eq!(context.text("two\nlines.sh"), Ok("echo"));
    assert_eq!(context.seen.gaps, [Gap::Names(1)]);

    // A context that leads out of the repository is not looked at.
    let context = tree.of("out/Dockerfile").context;
    assert!(!context.known && context.files.is_empty());
}

#[test]
fn texts_are_not_read_for_a_dockerfile_that_takes_none() {
    let tree = Tree::new(&[("Dockerfile", "FROM a\nRUN b\n"), ("x.sh", "echo")]);
    assert_eq!(tree.of("Dockerfile").context.files["x.sh"], None);
}

#[test]
fn paths_are_joined_in_the_repository_only() {
    assert_eq!(
        join("a/b", "../c/./Dockerfile").as_deref(),
        Some("a/c/Dockerfile")
    );
    assert_eq!(join("", ".").as_deref(), Some(""));
    assert_eq!(join("a", "../../x"), None);
    assert_eq!(join("a", "/x"), None);
    assert_eq!(join("a", "${DIR}/x"), None);
    assert_eq!(join("a", "https://example.org/x.git"), None);
}

#[test]
fn the_place_of_the_context_is_told_with_who_says_so() {
    let compose = "services:\n  a:\n    build:\n      context: .\n      dockerfile: a/Dockerfile\n      \
                   args: [TOKEN]\n";
    let tree = Tree::new(&[
        ("compose.yaml", compose),
        ("a/Dockerfile", "FROM a\n"),
        ("b/Dockerfile", "FROM a\nCOPY . .\n"),
        ("b/.dockerignore", "a\n[\n"),
    ]);
    let told = |path| tree.of(path).context_lines().join("\n");
    assert_eq!(
        told("a/Dockerfile"),
        "build context: the root of the repository (compose.yaml:4)\n\
         not all of it is known: the Dockerfile takes nothing from it"
    );
    assert_eq!(
        told("b/Dockerfile"),
        "build context: `b` (its own folder)\n\
         what is ignored is not known: `b/.dockerignore`: line 2: a character class that is empty or \
         does not end"
    );
    let args = tree.of("a/Dockerfile").build_args;
    assert_eq!(args.len(), 1);
    assert_eq!(args[0].name, "TOKEN");
    assert!(!args[0].has_value);
}

#[test]
fn the_user_may_name_the_context_or_want_none() {
    let tree = Tree::new(&[("a/Dockerfile", "FROM a\nCOPY . .\n"), ("b/run.sh", "echo")]);
    let root: Arc<Path> = Arc::from(tree.0.path());
    let repositories = Repositories::new([&root], BTreeMap::new());
    let of = |choice| {
        repositories.surroundings(
            &root,
            Path::new("a/Dockerfile"),
            "FROM a\nCOPY . .\n",
            &choice,
        )
    };
    let named = of(ContextChoice::Folder(root.join("b")));
    assert_eq!(named.context_place, ContextPlace::Configured("b".into()));
    assert_eq!(named.context.text("run.sh"), Ok("echo"));
    let none = of(ContextChoice::None);
    assert_eq!(none.context_place, ContextPlace::Unwanted);
    assert!(!none.context.known);
    let outside = of(ContextChoice::Folder(root.join("..")));
    assert!(matches!(
        outside.context_place,
        ContextPlace::Outside { .. }
    ));
    assert!(!outside.context.known);
}
