use super::{BaseCommand, BaseContract, base_contract};

fn contract(name: &str, tag: &str) -> BaseContract {
    base_contract(name, Some(tag)).expect("the contract is known")
}

#[track_caller]
fn check(command: Option<&BaseCommand>, words: &[&'static str]) {
    assert_eq!(command, Some(&BaseCommand::Exec(words.to_vec())));
}

#[test]
fn a_distribution_starts_its_shell() {
    check(contract("debian", "bookworm-slim").cmd.as_ref(), &["bash"]);
    check(contract("ubuntu", "22.04").cmd.as_ref(), &["/bin/bash"]);
    check(contract("alpine", "3.19").cmd.as_ref(), &["/bin/sh"]);
    check(contract("golang", "1.22-alpine").cmd.as_ref(), &["/bin/sh"]);
    check(contract("rust", "1.75").cmd.as_ref(), &["bash"]);
    assert_eq!(
        base_contract("scratch", None),
        Some(BaseContract::default())
    );
}

#[test]
fn languages_start_their_interpreter() {
    check(contract("python", "3.12-slim").cmd.as_ref(), &["python3"]);
    check(contract("python", "2.7").cmd.as_ref(), &["python2"]);
    check(contract("ruby", "3.3").cmd.as_ref(), &["irb"]);
    let node = contract("node", "20-alpine");
    check(node.entrypoint.as_ref(), &["docker-entrypoint.sh"]);
    check(node.cmd.as_ref(), &["node"]);
    assert_eq!(node.user, None);
}

#[test]
fn environment_values_are_given_where_they_do_not_depend_on_the_version() {
    let env = contract("python", "3.12").env;
    assert!(env.contains(&("LANG", Some("C.UTF-8"))));
    assert!(env.contains(&("PYTHON_VERSION", None)));
    let env = contract("python", "3.13").env;
    assert!(!env.iter().any(|(name, _)| *name == "LANG"));
    assert!(
        contract("golang", "1.22")
            .env
            .contains(&("GOPATH", Some("/go")))
    );
    assert_eq!(contract("golang", "1.22").workdir, Some("/go"));
}

#[test]
fn servers_have_ports_volumes_and_signals() {
    let nginx = contract("nginx", "alpine");
    check(nginx.cmd.as_ref(), &["nginx", "-g", "daemon off;"]);
    assert_eq!(nginx.exposes, ["80"]);
    assert_eq!(nginx.stop_signal, Some("SIGQUIT"));
    let postgres = contract("postgres", "16");
    assert_eq!(postgres.volumes, ["/var/lib/postgresql/data"]);
    assert_eq!(postgres.stop_signal, Some("SIGINT"));
    assert_eq!(contract("mysql", "8").exposes, ["3306", "33060"]);
    assert_eq!(contract("memcached", "1.6").user, Some("memcache"));
}

#[test]
fn an_entrypoint_resets_the_command_of_the_base_image() {
    let runtime = contract("eclipse-temurin", "21-jre");
    check(runtime.entrypoint.as_ref(), &["/__cacert_entrypoint.sh"]);
    assert_eq!(runtime.cmd, None);
    check(contract("eclipse-temurin", "21").cmd.as_ref(), &["jshell"]);
    check(contract("openjdk", "8-jdk").cmd.as_ref(), &["bash"]);
}

#[test]
fn variants_of_php_differ() {
    check(contract("php", "8.3").cmd.as_ref(), &["php", "-a"]);
    assert_eq!(contract("php", "8.3-apache").stop_signal, Some("SIGWINCH"));
    assert_eq!(contract("php", "8.3-fpm-alpine").exposes, ["9000"]);
}

#[test]
fn what_changed_or_is_not_certain_is_unknown() {
    for (name, tag) in [
        ("node", "10.1.0"),
        ("node", "0.12"),
        ("node", "8-onbuild"),
        ("nginx", "1.14"),
        ("eclipse-temurin", "17.0.1_12-jdk"),
        ("maven", "3.5.0-jdk-8"),
        ("gradle", "6-jdk8"),
        ("perl", "5"),
        ("jetty", "9.2-jre8"),
        ("jetty", "12-jdk21-amazoncorretto"),
        ("ubuntu", "focal-20210827"),
        ("debian", "no-such-release"),
    ] {
        assert_eq!(base_contract(name, Some(tag)), None, "{name}:{tag}");
    }
}

#[test]
fn every_section_of_the_table_is_reached() {
    let tags = [
        ("scratch", "latest"),
        ("debian", "12"),
        ("python", "3"),
        ("python", "3.9"),
        ("python", "2"),
        ("node", "latest"),
        ("node", "lts"),
        ("golang", "1"),
        ("golang", "1.20"),
        ("ruby", "3"),
        ("rust", "1"),
        ("php", "8"),
        ("php", "8-apache"),
        ("php", "8-fpm"),
        ("openjdk", "8"),
        ("openjdk", "17"),
        ("eclipse-temurin", "8"),
        ("eclipse-temurin", "17"),
        ("amazoncorretto", "17"),
        ("maven", "3.9"),
        ("maven", "3.6.3-jdk-8"),
        ("gradle", "8-jdk17"),
        ("gradle", "8-jdk17-alpine"),
        ("tomcat", "9"),
        ("jetty", "12"),
        ("nginx", "latest"),
        ("httpd", "2.4"),
        ("postgres", "18"),
        ("postgres", "14"),
        ("mysql", "8"),
        ("mariadb", "10.6"),
        ("redis", "7"),
        ("mongo", "7"),
        ("memcached", "1.6"),
        ("haproxy", "2.8"),
        ("composer", "2"),
        ("gcc", "13"),
    ];
    for (name, tag) in tags {
        assert!(base_contract(name, Some(tag)).is_some(), "{name}:{tag}");
    }
    let sections = super::CONTRACTS
        .lines()
        .filter(|line| line.starts_with('['))
        .count();
    assert_eq!(sections, tags.len());
}
