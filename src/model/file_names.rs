//! What the name of a file says of its content.
//!
//! ADD unpacks by content: a tar archive, plain or compressed with gzip, bzip2, xz or zstd, whatever it is
//! called (<https://docs.docker.com/reference/dockerfile/#add>). Formats that are tar inside under another
//! name (`.gem`, Alpine's `.apk`, some `.phar`, `.dump` and `.ova`) are on neither list.

/// What a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameSays {
    /// A file that is no tar archive.
    Plain,
    /// A tar archive, or a compressed file that may be one.
    Archive,
    /// Nothing: a folder, or a file of any kind.
    Nothing,
}

/// What the name of a file or folder says, whatever folder it is in.
pub fn name_says(path: &str) -> NameSays {
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_ascii_lowercase();
    if PLAIN_NAMES.contains(&lower.as_str()) {
        return NameSays::Plain;
    }
    let mut stem = lower.as_str();
    // `nginx.conf.template` is made into `nginx.conf`; what `.tar.template` is nobody knows.
    while let Some((before, extension)) = stem.rsplit_once('.') {
        if COPIES.contains(&extension) && before.contains('.') && !before.starts_with('.') {
            stem = before;
            continue;
        }
        if before.is_empty() {
            break;
        }
        return if ARCHIVES.contains(&extension) {
            NameSays::Archive
        } else if PLAIN.contains(&extension) || COPIES.contains(&extension) {
            NameSays::Plain
        } else {
            NameSays::Nothing
        };
    }
    NameSays::Nothing
}

/// Extensions of what ADD unpacks, and of what is compressed in a way that it may.
const ARCHIVES: &[&str] = &[
    "tar", "tgz", "gz", "tbz", "tbz2", "bz2", "txz", "xz", "tzst", "zst", "tlz", "lz", "lzma", "z",
];

/// Extensions of files that are written from others, or for them.
const COPIES: &[&str] = &[
    "template", "tmpl", "tpl", "j2", "erb", "dist", "sample", "example", "in",
];

/// Extensions of texts, programs, pictures, and of archives that are no tar.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    // Scripts and programs.
    "sh", "bash", "zsh", "fish", "py", "pyx", "pyi", "ipynb", "js", "mjs", "cjs", "jsx", "ts", "mts", "cts",
    "tsx", "vue", "svelte", "rb", "rake", "php", "phtml", "pl", "pm", "lua", "r", "jl", "awk", "sed", "tcl",
    "go", "rs", "c", "h", "cc", "cpp", "cxx", "hpp", "hh", "java", "kt", "kts", "scala", "groovy", "gradle",
    "sbt", "clj", "cs", "fs", "vb", "swift", "ex", "exs", "erl", "hrl", "hs", "ml", "nim", "zig", "dart",
    "sql", "cql", "graphql", "proto", "thrift", "avsc", "ps1", "bat", "cmd", "el", "vim",
    // Settings.
    "json", "json5", "jsonc", "yml", "yaml", "toml", "ini", "cfg", "conf", "cnf", "config", "properties",
    "env", "xml", "xsd", "xsl", "xslt", "dtd", "plist", "tf", "hcl", "nix", "rules", "policy", "service",
    "socket", "timer", "target", "desktop", "repo", "list", "sources", "vhost", "vcl", "lock", "mod", "sum",
    "csproj", "fsproj", "vbproj", "vcxproj", "sln", "slnx", "props", "targets", "nuspec", "cabal", "gemspec",
    "podspec", "cmake", "mk", "make", "am", "m4", "spec", "edn", "zcml", "htaccess", "crontab", "cron",
    "dockerfile", "dockerignore", "gitignore", "npmrc", "bashrc", "profile",
    // Texts and what the web shows.
    "md", "rst", "adoc", "txt", "text", "csv", "tsv", "log", "html", "htm", "xhtml", "css", "scss", "sass",
    "less", "svg", "png", "jpg", "jpeg", "gif", "ico", "webp", "bmp", "ttf", "otf", "woff", "woff2", "eot",
    "map", "pdf", "tex", "bib", "patch", "diff", "po", "pot", "ftl", "hbs", "ejs", "pug", "haml", "twig",
    // Keys.
    "pem", "crt", "cer", "key", "csr", "pub", "asc", "gpg", "p12", "pfx", "jks",
    // Archives that are no tar, and what a linker makes.
    "jar", "war", "ear", "zip", "whl", "egg", "deb", "rpm", "exe", "dll", "so", "wasm", "class", "pyc",
];

/// Whole names, in lower case.
#[rustfmt::skip]
const PLAIN_NAMES: &[&str] = &[
    "dockerfile", "containerfile", "makefile", "gnumakefile", "rakefile", "gemfile", "guardfile", "capfile",
    "procfile", "pipfile", "vagrantfile", "jenkinsfile", "brewfile", "podfile", "berksfile", "justfile",
    "cargo.lock", "license", "licence", "readme", "changelog", "authors", "notice", "copying", "manifest",
    "gradlew", "mvnw", "artisan", "crontab", "sudoers", "hosts", "nsswitch.conf", "my.cnf", "cpanfile",
    "sources.list", "docker-entrypoint", "entrypoint", "wait-for-it", "wait-for", "snakefile",
    ".env", ".npmrc", ".yarnrc", ".nvmrc", ".babelrc", ".eslintrc", ".prettierrc", ".browserslistrc",
    ".bashrc", ".bash_profile", ".bash_aliases", ".profile", ".zshrc", ".vimrc", ".inputrc", ".gitconfig",
    ".gitignore", ".gitmodules", ".dockerignore", ".htaccess", ".condarc", ".gemrc", ".rspec", ".irbrc",
    ".ruby-version", ".python-version", ".node-version", ".tool-versions", ".bowerrc", ".jshintrc",
    ".netrc", ".pypirc", ".curlrc", ".wgetrc", ".tmux.conf", ".editorconfig", ".flake8", ".coveragerc",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_extension_says_it() {
        for name in [
            "a/start.sh",
            "APP.JAR",
            "Gemfile",
            "conf/nginx.conf.template",
            "config.php.dist",
            ".bashrc",
            "requirements.txt",
            "site.zip",
            "archive.tar.txt",
        ] {
            assert_eq!(name_says(name), NameSays::Plain, "{name}");
        }
        for name in [
            "a.tar",
            "a.tar.gz",
            "A.TGZ",
            "rootfs.tar.xz",
            "data.sql.gz",
            "a.tar.sample",
        ] {
            assert_eq!(name_says(name), NameSays::Archive, "{name}");
        }
        for name in [
            "src", "app", "v1.2", ".tar", "x.apk", "x.gem", ".", "", "a.", "x.phar", "tar",
        ] {
            assert_eq!(name_says(name), NameSays::Nothing, "{name}");
        }
    }
}
