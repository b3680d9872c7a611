//! What is announced, and what is a finding.

use super::*;
use crate::transform::Effect;
use crate::verify::compare::announced::is_at_or_below;

fn node(kind: Kind) -> Node {
    Node {
        kind,
        mode: 0o755,
        owner: (0, 0),
        attributes: Vec::new(),
    }
}

fn file(byte: u8) -> Node {
    node(Kind::File(Content {
        size: 10,
        digest: [byte; 32],
        ..Content::default()
    }))
}

fn text(text: &str) -> Node {
    node(Kind::File(Content {
        text: Some(text.to_owned()),
        digest: [text.len() as u8; 32],
        ..Content::default()
    }))
}

fn tree(nodes: &[(&str, Node)]) -> Tree {
    let nodes = nodes
        .iter()
        .map(|(path, node)| ((*path).to_owned(), node.clone()));
    Tree {
        nodes: nodes.collect(),
        ..Tree::default()
    }
}

fn findings(before: &Tree, after: &Tree, effects: &[Effect]) -> Vec<String> {
    compare(before, after, &Announced::of(effects), &BTreeSet::new()).1
}

#[test]
fn what_was_announced_is_no_finding_and_everything_else_is() {
    let before = tree(&[
        ("/var/lib/apt/lists", node(Kind::Folder)),
        ("/var/lib/apt/lists/x", file(1)),
        ("/root/.npm/_cacache", node(Kind::Folder)),
        ("/srv/app", file(2)),
        ("/srv/data", node(Kind::Folder)),
        ("/srv/data/one", file(3)),
        ("/var/log/dpkg.log", file(4)),
    ]);
    let after = tree(&[
        ("/var/lib/apt/lists", node(Kind::Folder)),
        ("/srv/app", file(9)),
        ("/var/log/dpkg.log", file(5)),
    ]);
    let effects = [
        Effect::PathRemoved("/var/lib/apt/lists".to_owned()),
        Effect::PathRemoved("~/.npm/_cacache".to_owned()),
    ];
    assert_eq!(
        findings(&before, &after, &effects),
        [
            "`/srv/app` (application) has another content (10 and 10 bytes), which no rewrite announced",
            "`/srv/data` (application) is gone, which no rewrite announced",
        ]
    );
    assert_eq!(findings(&before, &after, &[]).len(), 4);
}

#[test]
fn a_package_is_named_once_with_its_files() {
    let status = "Package: less\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n";
    let before = tree(&[
        ("/usr/bin/less", file(1)),
        ("/var/lib/dpkg/status", text(status)),
        ("/var/lib/dpkg/info/less.list", text("/.\n/usr/bin/less\n")),
    ]);
    let after = tree(&[("/var/lib/dpkg/status", text(""))]);
    assert_eq!(
        findings(&before, &after, &[]),
        ["package `less` is gone, which no rewrite announced"]
    );
    let dropped = Effect::PackagesDropped(vec!["less".to_owned()]);
    assert!(findings(&before, &after, &[dropped]).is_empty());
}

#[test]
fn what_a_package_set_up_goes_with_it() {
    let status = "Package: less\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n";
    let link = |to: &str| node(Kind::Link(to.to_owned()));
    let before = tree(&[
        ("/usr/bin/less", file(1)),
        ("/etc/alternatives/pager", link("/usr/bin/less")),
        ("/etc/less", file(2)),
        ("/etc/rc2.d/S01less", link("../../usr/bin/less")),
        ("/usr/lib/less.so", file(4)),
        ("/etc/lesser", file(3)),
        (
            "/var/lib/systemd/deb-systemd-helper-enabled/less.service",
            file(5),
        ),
        ("/var/lib/systemd/timesync", file(6)),
        ("/var/lib/dpkg/status", text(status)),
        (
            "/var/lib/dpkg/info/less.list",
            text("/usr/bin/less\n/lib/less.so\n"),
        ),
        (
            "/var/lib/dpkg/info/less.postinst",
            text(
                "cp x /etc/less;\ndeb-systemd-helper enable less.service\nupdate-alternatives --slave /x pager.1.gz /y\n",
            ),
        ),
    ]);
    let after = tree(&[
        ("/etc/alternatives/pager", link("/bin/more")),
        (
            "/etc/alternatives/pager.1.gz",
            link("/usr/share/man/man1/more.1.gz"),
        ),
        ("/var/lib/dpkg/status", text("")),
    ]);
    let dropped = Effect::PackagesDropped(vec!["less".to_owned()]);
    assert_eq!(
        findings(&before, &after, &[dropped]),
        [
            "`/etc/lesser` (system) is gone, which no rewrite announced",
            "`/var/lib/systemd/timesync` (system) is gone, which no rewrite announced",
        ]
    );
}

#[test]
fn what_the_settings_of_a_package_had_made_goes_with_it() {
    let status =
        "Package: systemd\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n";
    let before = tree(&[
        (
            "/usr/lib/tmpfiles.d/etc.conf",
            text(
                "# /etc/kept is no path\nL+ /etc/mtab - - - - ../proc/self/mounts\nd- /root/.ssh :0700 root :root -\n",
            ),
        ),
        (
            "/etc/mtab",
            node(Kind::Link("../proc/self/mounts".to_owned())),
        ),
        ("/etc/kept", file(1)),
        ("/root/.ssh", node(Kind::Folder)),
        ("/root/.ssh/id", file(2)),
        ("/var/lib/dpkg/status", text(status)),
        (
            "/var/lib/dpkg/info/systemd.list",
            text("/usr/lib/tmpfiles.d/etc.conf\n"),
        ),
    ]);
    let after = tree(&[("/var/lib/dpkg/status", text(""))]);
    let dropped = Effect::PackagesDropped(vec!["systemd".to_owned()]);
    assert_eq!(
        findings(&before, &after, &[dropped]),
        [
            "`/etc/kept` (system) is gone, which no rewrite announced",
            "`/root/.ssh/id` (application) is gone, which no rewrite announced",
        ]
    );
}

#[test]
fn a_group_has_another_number_where_a_package_that_made_one_went() {
    let status = "Package: dbus\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n";
    let owned = |group: u64, byte: u8| Node {
        owner: (0, group),
        ..file(byte)
    };
    let image = |status: &str, number: u64| {
        tree(&[
            ("/var/lib/dpkg/status", text(status)),
            ("/usr/bin/dbus-daemon", file(u8::from(!status.is_empty()))),
            (
                "/var/lib/dpkg/info/dbus.list",
                text("/usr/bin/dbus-daemon\n"),
            ),
            (
                "/var/lib/dpkg/info/dbus.postinst",
                text("adduser messagebus"),
            ),
            (
                "/etc/group",
                text(&format!(
                    "root:x:0:\n_ssh:x:{number}:\napp:x:{}:\n",
                    number + 1000
                )),
            ),
            ("/usr/bin/ssh-agent", owned(number, 1)),
            ("/srv/app", owned(number + 1000, 1)),
            (
                "/usr/bin/other",
                owned(if number == 101 { 0 } else { number }, 1),
            ),
        ])
    };
    let dropped = Effect::PackagesDropped(vec!["dbus".to_owned()]);
    assert_eq!(
        findings(&image(status, 102), &image("", 101), &[dropped]),
        [
            "`/srv/app` (application) belonged to 0:1102 and belongs to 0:1101, which no rewrite announced",
            "`/usr/bin/other` (system) belonged to 0:102 and belongs to 0:0, which no rewrite announced",
        ]
    );
    let unasked = findings(&image("", 102), &image("", 101), &[]);
    assert_eq!(unasked.len(), 3, "{unasked:?}");
}

#[test]
fn a_script_may_name_its_interpreter_by_another_link() {
    let script = |interpreter: &str, rest: u8| {
        node(Kind::File(Content {
            size: interpreter.len() as u64,
            digest: [interpreter.len() as u8; 32],
            interpreter: Some(interpreter.to_owned()),
            behind_interpreter: Some([rest; 32]),
            ..Content::default()
        }))
    };
    let image = |interpreter: &str, rest: u8| {
        tree(&[
            (
                "/venv/bin/python",
                node(Kind::Link("/usr/bin/python3.11".to_owned())),
            ),
            ("/venv/bin/python3", node(Kind::Link("python".to_owned()))),
            ("/usr/bin/python3.11", file(1)),
            ("/usr/bin/python2.7", file(2)),
            ("/app/start", script(interpreter, rest)),
        ])
    };
    let before = image("/venv/bin/python", 1);
    assert!(findings(&before, &image("/venv/bin/python3", 1), &[]).is_empty());
    assert_eq!(
        findings(&before, &image("/venv/bin/python3", 2), &[]).len(),
        1
    );
    assert_eq!(
        findings(&before, &image("/usr/bin/python2.7", 1), &[]).len(),
        1
    );
}

#[test]
fn patterns_stand_for_homes_and_names() {
    assert!(is_at_or_below("/home/app/.cache/pip/x", "~/.cache/pip"));
    assert!(is_at_or_below(
        "/var/lib/gems/3.1/cache/a.gem",
        "/var/lib/gems/*/cache"
    ));
    assert!(!is_at_or_below(
        "/var/lib/gems/3.1/doc",
        "/var/lib/gems/*/cache"
    ));
    assert!(!is_at_or_below("/srv/.cache/pip", "~/.cache/pip"));
    assert!(!is_at_or_below("/var/lib/apt", "/var/lib/apt/lists"));
    assert!(is_at_or_below("/opt/a.tar.gz", "a.tar.gz"));
    assert!(!is_at_or_below("/opt/ba.tar.gz", "a.tar.gz"));
    assert!(is_above("/root/.cache", "~/.cache/pip"));
    assert!(is_above("/var/lib/apt", "/var/lib/apt/lists"));
    assert!(!is_above("/root", "~/.cache/pip"));
    assert!(!is_above("/root/.cache/browsers", "~/.cache/pip"));
    assert!(!is_above("/var/lib/dpkg", "/var/lib/apt/lists"));
}

#[test]
fn owners_and_modes_count() {
    let before = tree(&[("/app", file(1))]);
    let mut other = file(1);
    other.owner = (1000, 1000);
    let after = tree(&[("/app", other)]);
    assert_eq!(
        findings(&before, &after, &[]),
        [
            "`/app` (application) belonged to 0:0 and belongs to 1000:1000, which no rewrite announced"
        ]
    );
}
