//! Modules that the options of Java name: the development kit has some that the runtime environment lacks, and Java
//! does not start where one is missing.

use super::{is_of_build, jlink};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::NEEDS_THE_TOOLCHAIN;
use crate::transforms::split_stages::site::{Refusal, Site};

/// Modules besides those of Java SE that Temurin's runtime environment has, in one version or another.
/// <https://github.com/openjdk/jdk/blob/master/make/conf/module-loader-map.conf>
#[rustfmt::skip]
const OF_RUNTIME: &[&str] = &[
    "jdk.accessibility", "jdk.charsets", "jdk.crypto.cryptoki", "jdk.crypto.ec", "jdk.dynalink", "jdk.httpserver",
    "jdk.incubator.foreign", "jdk.incubator.vector", "jdk.jdwp.agent", "jdk.jfr", "jdk.jsobject", "jdk.localedata",
    "jdk.management", "jdk.management.agent", "jdk.management.jfr", "jdk.naming.dns", "jdk.naming.rmi", "jdk.net",
    "jdk.nio.mapmode", "jdk.sctp", "jdk.security.auth", "jdk.security.jgss", "jdk.unsupported", "jdk.xml.dom",
    "jdk.zipfs",
];

/// Options that name modules. One that only opens a module which is not there gets a warning, and says that the
/// program uses it.
const OPTIONS: &[&str] = &[
    "--add-exports",
    "--add-modules",
    "--add-opens",
    "--add-reads",
    "--limit-modules",
];

/// Declines where a module is named that the runtime environment lacks, or one that is computed.
pub(super) fn refuse_those_of_the_kit(site: &Site<'_>, programs: &Programs) -> Result<(), Refusal> {
    let joined = |words: &[String]| words.join(" ");
    let before = site.before.iter().map(|it| joined(it));
    let others = site.others.iter().map(|(_, words)| joined(words));
    let own = site.end().env.iter();
    let own = own.filter(|(name, setting)| setting.item.is_some() && !is_of_build(name));
    let values = own.filter_map(|(_, setting)| setting.value.known().map(str::to_owned));
    let scripts = programs.scripts.iter();
    let scripts = scripts.filter_map(|script| site.text(script).map(str::to_owned));
    // What start scripts of Gradle's are given.
    let gradle = site.texts_named(&["build.gradle", "build.gradle.kts"]);
    let gradle = gradle.filter_map(|text| {
        let at = text.find("applicationDefaultJvmArgs")?;
        text[at..].split([']', ')']).next().map(str::to_owned)
    });
    let mut texts = std::iter::once(joined(&site.words))
        .chain(before)
        .chain(others)
        .chain(values)
        .chain(scripts)
        .chain(gradle);
    let is_there = |module: &str| {
        if site.input.options.split.jlink {
            jlink::MODULES.contains(&module)
        } else {
            OF_RUNTIME.contains(&module)
        }
    };
    let lacking = texts.find_map(|text| {
        let mut modules = modules(&text).into_iter();
        let lacking =
            modules.find(|it| it.starts_with('$') || (it.starts_with("jdk.") && !is_there(it)))?;
        Some(lacking.to_owned())
    });
    match lacking {
        Some(module) => {
            let what = format!("the module `{module}`, which only the development kit may have");
            site.need(site.start_range(), &NEEDS_THE_TOOLCHAIN, what)
        }
        None => Ok(()),
    }
}

/// The modules that options in a text name.
fn modules(text: &str) -> Vec<&str> {
    let is_between = |char: char| char.is_whitespace() || "=\"',\\".contains(char);
    let is_end = |char: char| char.is_whitespace() || "\"'])".contains(char);
    let options = OPTIONS.iter().flat_map(|option| {
        text.match_indices(option)
            .map(|(at, _)| &text[at + option.len()..])
    });
    let lists = options.filter_map(|rest| rest.trim_start_matches(is_between).split(is_end).next());
    let names = lists.flat_map(|list| list.split(','));
    names.filter_map(|it| it.split(['/', '=']).next()).collect()
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn the_modules_of_options_are_found() {
        for (text, found) in [
            (
                "java --add-modules jdk.jshell,java.sql -jar a.jar",
                vec!["jdk.jshell", "java.sql"],
            ),
            (
                "--add-opens=jdk.jdi/com.sun.jdi=ALL-UNNAMED",
                vec!["jdk.jdi"],
            ),
            ("['--add-modules', 'jdk.compiler']", vec!["jdk.compiler"]),
            ("java -Djdk.tls.client.protocols=TLSv1.2 -jar a.jar", vec![]),
            (
                "java --add-modules \"$MODULES\" -jar a.jar",
                vec!["$MODULES"],
            ),
        ] {
            assert_eq!(modules(text), found, "{text}");
        }
    }
}
