//! A project of JavaScript: its manifest, and the files that it names.

use super::super::{Obstacle, Reads, Unread, View};
use crate::context::manifests::package_json::PackageJson;
use crate::model::placed::{joined, resolved};

/// A project, and who installs what it depends on.
pub(super) struct Project<'a> {
    pub(super) view: &'a View<'a>,
    pub(super) manager: &'static str,
    pub(super) folder: String,
    pub(super) runs_scripts: bool,
}

/// Files that each manager reads beside package.json.
fn files_of(manager: &str) -> &'static [&'static str] {
    match manager {
        "npm" => &["npm-shrinkwrap.json", "package-lock.json", ".npmrc"],
        "yarn" => &[
            "yarn.lock",
            ".npmrc",
            ".yarnrc",
            ".yarnclean",
            ".yarnrc.yml",
        ],
        "pnpm" => &[
            "pnpm-lock.yaml",
            "pnpm-workspace.yaml",
            ".npmrc",
            ".pnpmfile.cjs",
            ".pnpmfile.mjs",
        ],
        _ => &["bun.lock", "bun.lockb", "bunfig.toml", ".npmrc"],
    }
}

/// Files by which a folder above would be the project's root, or configure it.
const ROOT_SIGNS: &[&str] = &[
    "package.json",
    "pnpm-workspace.yaml",
    ".yarnrc.yml",
    ".yarnrc",
    ".npmrc",
    ".pnp.cjs",
    "bunfig.toml",
];

/// Scripts of a manifest that an install runs.
const RUN_BY_INSTALL: &[&str] = &[
    "preinstall",
    "install",
    "postinstall",
    "prepublish",
    "preprepare",
    "prepare",
    "postprepare",
    "pnpm:devPreinstall",
];

impl Project<'_> {
    fn at(&self, name: &str) -> String {
        joined(&self.folder, name)
    }

    /// Adds what the install reads and makes.
    pub(super) fn read(&self, reads: &mut Reads) -> Result<(), Unread> {
        self.stands_alone()?;
        let manifest = self.manifest(&self.folder)?;
        reads.file(&self.at("package.json"));
        for name in files_of(self.manager) {
            reads.file_if_there(self.view, &self.at(name))?;
        }
        let has_lock = reads
            .files
            .iter()
            .any(|file| file.ends_with("lock.json") || file.ends_with("wrap.json"));
        if self.manager == "npm" && !has_lock {
            // npm 7 and later take versions from it.
            reads.file_if_there(self.view, &self.at("yarn.lock"))?;
        }
        let settings = self.view.text_if_there(&self.at(".npmrc"));
        if let Some(line) = settings.and_then(|text| text.lines().find(|line| names_file(line))) {
            return Err((Obstacle::NotFollowed, format!("`{line}` in `.npmrc`")));
        }
        let ignores_scripts = settings.is_some_and(|text| {
            text.lines()
                .any(|line| line.replace(' ', "") == "ignore-scripts=true")
        });
        self.configuration(reads)?;
        self.dependencies(&manifest, reads)?;
        if self.runs_scripts && !ignores_scripts {
            self.scripts(&manifest, reads)?;
        }
        for patch in manifest.patch_files() {
            let path = resolved(&self.folder, patch)
                .filter(|path| self.view.origin(path).is_some())
                .ok_or_else(|| (Obstacle::ManifestNotFound, format!("`{patch}`")))?;
            reads.file(&path);
        }
        self.workspaces(&manifest, reads)?;
        reads.makes.insert(self.at("node_modules"));
        if self.manager == "yarn" {
            for name in [
                ".pnp.cjs",
                ".pnp.loader.mjs",
                ".yarn/cache",
                ".yarn/unplugged",
                ".yarn/install-state.gz",
            ] {
                reads.makes.insert(self.at(name));
            }
        }
        Ok(())
    }

    /// No folder above is a root to which the project would belong.
    fn stands_alone(&self) -> Result<(), Unread> {
        let mut folder = self.folder.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            for name in ROOT_SIGNS {
                if self.view.is_there(&joined(above, name))? {
                    let what = format!("`{name}` in the folder above");
                    return Err((Obstacle::LocalDependency, what));
                }
            }
            folder = above;
        }
        Ok(())
    }

    pub(super) fn manifest(&self, folder: &str) -> Result<PackageJson, Unread> {
        let path = joined(folder, "package.json");
        let text = self.view.text(&path)?;
        PackageJson::parse(text).map_err(|error| {
            (
                Obstacle::ManifestNotRead,
                format!("`package.json`: {error}"),
            )
        })
    }

    /// What the configuration files of yarn and pnpm name.
    fn configuration(&self, reads: &mut Reads) -> Result<(), Unread> {
        if let Some(text) = self.view.text_if_there(&self.at(".yarnrc")) {
            if text.contains("offline-mirror") {
                return Err((
                    Obstacle::NotFollowed,
                    "an offline mirror in `.yarnrc`".to_owned(),
                ));
            }
            for line in text
                .lines()
                .filter(|line| line.trim().starts_with("yarn-path"))
            {
                let path = line.split_whitespace().last().unwrap_or_default();
                self.named_file(path.trim_matches('"'), reads)?;
            }
        }
        let berry = self.at(".yarnrc.yml");
        if self.view.origin(&berry).is_some() && self.manager == "yarn" {
            let text = self.view.text(&berry)?;
            for line in text.lines() {
                let line = line.trim().trim_start_matches("- ");
                let value = |key: &str| {
                    let rest = line.strip_prefix(key)?.trim();
                    Some(rest.trim_matches(['"', '\'']).to_owned())
                };
                if let Some(path) = value("yarnPath:").or_else(|| value("path:")) {
                    self.named_file(&path, reads)?;
                }
                if line.starts_with("cacheFolder:") || line.starts_with("constraintsPath:") {
                    return Err((Obstacle::NotFollowed, format!("`{line}` in `.yarnrc.yml`")));
                }
            }
            reads.folder_if_there(self.view, &self.at(".yarn/patches"))?;
        }
        let hook = self.at(".pnpmfile.cjs");
        if let Some(text) = self.view.text_if_there(&hook)
            && text.contains("require('.")
        {
            return Err((
                Obstacle::NotFollowed,
                "`.pnpmfile.cjs` reads other files".to_owned(),
            ));
        }
        Ok(())
    }

    fn named_file(&self, name: &str, reads: &mut Reads) -> Result<(), Unread> {
        let path = resolved(&self.folder, name).filter(|path| self.view.origin(path).is_some());
        let path = path.ok_or_else(|| (Obstacle::ManifestNotFound, format!("`{name}`")))?;
        reads.file(&path);
        Ok(())
    }

    /// The install of prisma's client generates it where the schema is found.
    fn prisma(&self, manifest: &PackageJson, reads: &mut Reads) -> Result<(), Unread> {
        for name in ["prisma.config.ts", "prisma.config.js", "prisma.config.mjs"] {
            if self.view.origin(&self.at(name)).is_some() {
                return Err((Obstacle::NotFollowed, format!("`{name}`")));
            }
        }
        let Some(schema) = manifest.prisma_schema() else {
            reads.folder_if_there(self.view, &self.at("prisma"))?;
            reads.file_if_there(self.view, &self.at("schema.prisma"))?;
            return Ok(());
        };
        let path = resolved(&self.folder, schema)
            .ok_or_else(|| (Obstacle::ManifestNotFound, format!("`{schema}`")))?;
        if !reads.file_if_there(self.view, &path)? {
            reads.folder_if_there(self.view, &path)?;
        }
        Ok(())
    }

    fn dependencies(&self, manifest: &PackageJson, reads: &mut Reads) -> Result<(), Unread> {
        if let Some((name, range)) = manifest.local_dependencies().next() {
            // pnpm, yarn and bun find members of the workspace by `workspace:`.
            let of_workspace = range.starts_with("workspace:") && manifest.has_workspaces();
            if !of_workspace {
                return Err((Obstacle::LocalDependency, format!("`{name}`: `{range}`")));
            }
        }
        if self.runs_scripts && manifest.depends_on(&["@prisma/client", "prisma"]) {
            self.prisma(manifest, reads)?;
        }
        if self.runs_scripts && manifest.depends_on(&["puppeteer", "puppeteer-core"]) {
            let names = self.view.names_in(&self.folder).into_iter();
            for name in names.filter(|name| {
                name.starts_with(".puppeteerrc") || name.starts_with("puppeteer.config.")
            }) {
                reads.file(&self.at(&name));
            }
        }
        if self.runs_scripts && manifest.has_key("msw") {
            return Err((
                Obstacle::LifecycleScript,
                "msw writes into the project".to_owned(),
            ));
        }
        Ok(())
    }

    /// Scripts that an install runs.
    fn scripts(&self, manifest: &PackageJson, reads: &mut Reads) -> Result<(), Unread> {
        if self.view.origin(&self.at("binding.gyp")).is_some() {
            return Err((
                Obstacle::LifecycleScript,
                "`binding.gyp`: node-gyp builds it".to_owned(),
            ));
        }
        for name in RUN_BY_INSTALL {
            let Some(script) = manifest.script(name) else {
                continue;
            };
            self.script(name, script, manifest, reads)?;
        }
        Ok(())
    }

    fn script(
        &self,
        name: &str,
        script: &str,
        manifest: &PackageJson,
        reads: &mut Reads,
    ) -> Result<(), Unread> {
        let refused = || (Obstacle::LifecycleScript, format!("`{name}`: `{script}`"));
        for part in script.split("&&") {
            let words: Vec<&str> = part.split_whitespace().collect();
            let words = words.strip_prefix(&["npx"][..]).unwrap_or(&words);
            match words {
                ["only-allow", _] | ["-y", "only-allow", _] | ["exit", "0"] | ["true"] => {}
                ["patch-package"] => {
                    reads.folder_if_there(self.view, &self.at("patches"))?;
                }
                ["prisma", "generate"] => self.prisma(manifest, reads)?,
                // Without a repository it ends well and does nothing; with one it sets up hooks for people.
                ["husky"]
                | ["husky", "install"]
                | ["husky", "||", "true"]
                | ["husky", "install", "||", "true"]
                    if !self.view.has(&self.at(".git")) => {}
                _ => return Err(refused()),
            }
        }
        Ok(())
    }

    /// Members of a workspace: their manifests, each at its place.
    fn workspaces(&self, manifest: &PackageJson, reads: &mut Reads) -> Result<(), Unread> {
        for folder in self.members(manifest)? {
            let member = self.manifest(&folder)?;
            if member.has_key("bin") {
                return Err((
                    Obstacle::LocalDependency,
                    format!("a program of the workspace in `{folder}`"),
                ));
            }
            let mut local = member.local_dependencies();
            if let Some((name, range)) = local.find(|(_, range)| !range.starts_with("workspace:")) {
                return Err((Obstacle::LocalDependency, format!("`{name}`: `{range}`")));
            }
            let inner = Project {
                view: self.view,
                manager: self.manager,
                folder: folder.clone(),
                runs_scripts: self.runs_scripts,
            };
            if self.runs_scripts {
                inner.scripts(&member, reads)?;
            }
            reads.file(&joined(&folder, "package.json"));
            reads.file_if_there(self.view, &joined(&folder, ".npmrc"))?;
            reads.makes.insert(joined(&folder, "node_modules"));
        }
        Ok(())
    }

    /// The folders of the members of its workspace.
    pub(super) fn members(&self, manifest: &PackageJson) -> Result<Vec<String>, Unread> {
        let mut patterns = manifest.workspaces();
        if self.manager == "pnpm" {
            let path = self.at("pnpm-workspace.yaml");
            if self.view.origin(&path).is_some() {
                patterns = members(self.view.text(&path)?).map_err(|error| {
                    (
                        Obstacle::ManifestNotRead,
                        format!("`pnpm-workspace.yaml`: {error}"),
                    )
                })?;
            }
        }
        let mut found = Vec::new();
        for pattern in &patterns {
            if pattern.starts_with('!')
                || pattern.contains("**")
                || pattern.contains(['{', '[', '?'])
            {
                return Err((Obstacle::NotFollowed, format!("workspace `{pattern}`")));
            }
            let folders = self.folders(pattern)?.into_iter();
            let is_member = |folder: &String| {
                let path = joined(folder, "package.json");
                self.view.origin(&path).is_some()
            };
            found.extend(folders.filter(is_member));
        }
        Ok(found)
    }

    /// The folders that `packages/*` names.
    fn folders(&self, pattern: &str) -> Result<Vec<String>, Unread> {
        let mut folders = vec![self.folder.clone()];
        for part in pattern.split('/').filter(|part| !matches!(*part, "" | ".")) {
            if part == ".." {
                return Err((Obstacle::NotFollowed, format!("workspace `{pattern}`")));
            }
            let mut next = Vec::new();
            for folder in folders {
                match part.split_once('*') {
                    None => next.push(joined(&folder, part)),
                    Some((start, end)) => {
                        let names = self.view.names_in(&folder).into_iter();
                        let fits = |name: &String| {
                            name.len() >= start.len() + end.len()
                                && name.starts_with(start)
                                && name.ends_with(end)
                                && name != "node_modules"
                        };
                        next.extend(names.filter(fits).map(|name| joined(&folder, &name)));
                    }
                }
            }
            folders = next;
        }
        Ok(folders)
    }
}

/// Whether a line of an .npmrc names a file, or a program to run.
fn names_file(line: &str) -> bool {
    const KEYS: &[&str] = &[
        "cafile",
        "certfile",
        "keyfile",
        "script-shell",
        "node-options",
        "git",
        "prefix",
    ];
    let Some((key, value)) = line.split_once('=') else {
        return false;
    };
    let (key, value) = (key.trim(), value.trim().trim_matches('"'));
    !line.trim_start().starts_with(['#', ';'])
        && (KEYS.iter().any(|name| key.ends_with(name)) || value.starts_with(['.', '/', '~']))
}

/// The patterns of a pnpm-workspace.yaml.
fn members(text: &str) -> Result<Vec<String>, String> {
    #[derive(serde::Deserialize)]
    struct Workspace {
        #[serde(default)]
        packages: Vec<String>,
    }
    let workspace: Workspace = serde_saphyr::from_str(text).map_err(|error| {
        error
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    })?;
    Ok(workspace.packages)
}
