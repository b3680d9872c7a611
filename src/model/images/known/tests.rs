use super::{BaseFacts, Family, base_facts};

fn facts(reference: &str) -> BaseFacts {
    find(reference).expect("the image and its tag are known")
}

fn find(reference: &str) -> Option<BaseFacts> {
    match reference.split_once(':') {
        Some((name, tag)) => base_facts(name, Some(tag)),
        None => base_facts(reference, None),
    }
}

#[track_caller]
fn check(reference: &str, family: Family, release: Option<&str>) {
    let facts = facts(reference);
    assert_eq!(
        (facts.family, facts.release),
        (family, release),
        "{reference}"
    );
}

#[test]
fn a_floating_tag_means_its_newest_listing() {
    check("python:3.12", Family::Debian, Some("trixie"));
    check("python", Family::Debian, Some("trixie"));
    check("python:3.8-slim", Family::Debian, Some("bookworm"));
    check("python:2.7", Family::Debian, Some("buster"));
    check("node:18", Family::Debian, Some("bookworm"));
    check("node:lts-slim", Family::Debian, Some("bookworm"));
    check("node:16", Family::Debian, Some("buster"));
    check("ruby:2.7", Family::Debian, Some("bullseye"));
    check("golang:1.20", Family::Debian, Some("bookworm"));
    check("rust:1.75", Family::Debian, Some("bookworm"));
    check("php:7.4-fpm", Family::Debian, Some("bullseye"));
    check("php:8.3-apache", Family::Debian, Some("trixie"));
    check("nginx", Family::Debian, Some("trixie"));
    check("redis:6", Family::Debian, Some("bookworm"));
    check("eclipse-temurin:17-jdk", Family::Ubuntu, Some("resolute"));
    check("gradle:7-jdk11", Family::Ubuntu, Some("jammy"));
    check(
        "maven:3.9-eclipse-temurin-17",
        Family::Ubuntu,
        Some("noble"),
    );
    check("groovy:jdk17", Family::Ubuntu, Some("noble"));
    check("maven:3-jdk-8", Family::Debian, Some("bullseye"));
    check("wordpress:6.4-apache", Family::Debian, Some("bookworm"));
}

#[test]
fn a_patch_release_keeps_what_it_was_listed_with() {
    check("python:3.9.7", Family::Debian, Some("bullseye"));
    check("python:3.6.5-slim", Family::Debian, Some("stretch"));
    check("node:10.15.3", Family::Debian, Some("stretch"));
    check("golang:1.13.4-alpine", Family::Alpine, Some("3.10"));
    assert!(facts("python:3.6.5-slim").gone);
    assert!(!facts("python:3.9.7").gone);
}

#[test]
fn a_release_newer_than_the_table_is_guessed_with_care() {
    check("python:3.12.99", Family::Debian, Some("trixie"));
    check("python:3.99", Family::Debian, None);
    assert_eq!(find("python:99"), None);
}

#[test]
fn a_tag_that_names_its_release_is_read() {
    check(
        "python:3.12-slim-bookworm",
        Family::Debian,
        Some("bookworm"),
    );
    check("node:22-bookworm-slim", Family::Debian, Some("bookworm"));
    check("node:20-alpine3.19", Family::Alpine, Some("3.19"));
    check("python:3.8-slim-buster", Family::Debian, Some("buster"));
    check(
        "eclipse-temurin:21-jre-noble",
        Family::Ubuntu,
        Some("noble"),
    );
    check("mysql:8.4-oraclelinux9", Family::Rpm, Some("oraclelinux9"));
    check("amazoncorretto:17-al2023", Family::Rpm, Some("al2023"));
    check(
        "eclipse-temurin:21-jre-ubi9-minimal",
        Family::Rpm,
        Some("ubi9"),
    );
    check(
        "drupal:10-apache-bookworm",
        Family::Debian,
        Some("bookworm"),
    );
    assert!(facts("python:3.8-slim-buster").slim && facts("python:3.8-slim-buster").gone);
    assert!(facts("node:22-bookworm-slim").slim && !facts("node:22-bookworm-slim").gone);
}

#[test]
fn alpine_variants_are_alpine() {
    check("python:3.12-alpine", Family::Alpine, Some("3.24"));
    check("node:18-alpine", Family::Alpine, Some("3.21"));
    check("nginx:alpine", Family::Alpine, Some("3.24"));
    check("composer:2", Family::Alpine, None);
    check("docker:24-dind", Family::Alpine, None);
    check("openjdk:8-jdk-alpine", Family::Alpine, Some("3.9"));
}

#[test]
fn openjdk_changed_its_distribution() {
    check("openjdk:17", Family::Rpm, Some("oraclelinux8"));
    check("openjdk:17-slim", Family::Debian, Some("bullseye"));
    check("openjdk:8", Family::Debian, Some("bullseye"));
    check("openjdk:11-jre-slim", Family::Debian, Some("bullseye"));
}

#[test]
fn mysql_changed_its_distribution() {
    check("mysql:8", Family::Rpm, Some("oraclelinux9"));
    assert_eq!(facts("mysql:5.7.30").family, Family::Debian);
    assert!(facts("mysql:5.7.30").gone);
    assert_eq!(find("mysql:8.0.28"), None);
}

#[test]
fn a_distribution_is_its_release() {
    check("debian", Family::Debian, Some("trixie"));
    check("debian:12.5-slim", Family::Debian, Some("bookworm"));
    check(
        "debian:bullseye-20240101-slim",
        Family::Debian,
        Some("bullseye"),
    );
    check("debian:oldstable", Family::Debian, Some("bookworm"));
    check("ubuntu:22.04", Family::Ubuntu, Some("jammy"));
    check("ubuntu:focal-20210827", Family::Ubuntu, Some("focal"));
    check("ubuntu", Family::Ubuntu, Some("resolute"));
    check("alpine:3.19.1", Family::Alpine, Some("3.19"));
    check("alpine:3.1", Family::Alpine, Some("3.1"));
    check("alpine", Family::Alpine, Some("3.24"));
    check("alpine:edge", Family::Alpine, Some("edge"));
    check("centos:centos7.9.2009", Family::Rpm, Some("centos7"));
    check("fedora:40", Family::Rpm, Some("fedora40"));
    check("fedora", Family::Rpm, None);
    check("amazonlinux:2018.03", Family::Rpm, Some("al1"));
    check("amazonlinux:2.0.20230101.0", Family::Rpm, Some("al2"));
    check("rockylinux:9-minimal", Family::Rpm, Some("rockylinux9"));
    check("buildpack-deps:stable-scm", Family::Debian, Some("trixie"));
    check("buildpack-deps:curl", Family::Debian, Some("trixie"));
    check("busybox:1.36", Family::Other, None);
    check("scratch", Family::Other, None);
}

#[test]
fn a_release_that_left_the_mirrors_is_gone() {
    for reference in [
        "debian:stretch",
        "debian:9-slim",
        "debian:buster",
        "node:14",
        "centos:7",
        "centos",
        "ubuntu:21.10",
        "ubuntu:12.04",
        "python:3.4",
        "openjdk:7",
    ] {
        assert!(facts(reference).gone, "{reference}");
    }
    for reference in [
        "debian:bullseye",
        "ubuntu:14.04",
        "ubuntu:18.04",
        "alpine:3.4",
        "fedora:35",
    ] {
        assert!(!facts(reference).gone, "{reference}");
    }
}

#[test]
fn what_is_not_official_is_unknown() {
    for reference in [
        "circleci/python:3.7-stretch",
        "python:no-such-tag",
        "debian:no",
        "ubuntu:1",
    ] {
        assert_eq!(find(reference), None, "{reference}");
    }
}
