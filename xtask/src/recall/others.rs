//! The smells of the other managers, and of downloaded archives.

use super::basic::{FLAG, KEEPS_CACHE};
use super::smells::{Mend, NONE, Smell};

/// Their rows, in the order of the report.
pub(super) const OTHERS: &[Smell] = &[
    Smell {
        id: "dnf-cache",
        manager: "dnf",
        command: r"(?:^|[\s/])dnf5?\s(?:.*\s)?(?:install|update|upgrade|groupinstall|builddep|makecache|localinstall|reinstall)(?:\s|$)",
        cleaned_by: r"(?:dnf5?|yum)\s(?:.*\s)?clean\s(?:.*\s)?all",
        folders: r"/var/cache(?:/(?:dnf|yum|libdnf5|\*|\{)|/?(?:[\s,]|$))",
        mends: &[Mend {
            title: "dnf cache",
            ..CLEAN
        }],
        smelly: "dnf -y install git",
        clean: "dnf install -y git && dnf clean all",
        ..NONE
    },
    Smell {
        id: "microdnf-cache",
        manager: "microdnf",
        command: r"(?:^|[\s/])microdnf\s(?:.*\s)?(?:install|update|upgrade|reinstall)(?:\s|$)",
        cleaned_by: r"microdnf\s(?:.*\s)?clean\s(?:.*\s)?all",
        folders: r"/var/cache(?:/(?:dnf|yum|\*|\{)|/?(?:[\s,]|$))",
        mends: &[Mend {
            title: "dnf cache",
            ..CLEAN
        }],
        smelly: "microdnf install git",
        clean: "microdnf install git && microdnf clean all",
        ..NONE
    },
    Smell {
        id: "yum-cache",
        manager: "yum",
        command: r"(?:^|[\s/])yum\s(?:.*\s)?(?:install|update|upgrade|localinstall|groupinstall|makecache|reinstall)(?:\s|$)",
        cleaned_by: r"(?:yum|dnf)\s(?:.*\s)?clean\s(?:.*\s)?(?:all|metadata)",
        folders: r"/var/cache(?:/(?:dnf|yum|\*|\{)|/?(?:[\s,]|$))",
        mends: &[Mend {
            title: "yum cache",
            ..CLEAN
        }],
        smelly: "yum install -y git",
        clean: "yum -y install git && yum clean -y all",
        ..NONE
    },
    Smell {
        id: "tdnf-cache",
        manager: "tdnf",
        command: r"(?:^|[\s/])tdnf\s(?:.*\s)?(?:install|update|upgrade|makecache)(?:\s|$)",
        cleaned_by: r"tdnf\s(?:.*\s)?clean\s(?:.*\s)?all",
        folders: r"/var/cache(?:/(?:tdnf|\*)|/?(?:[\s,]|$))",
        mends: &[Mend {
            title: "tdnf cache",
            ..CLEAN
        }],
        smelly: "tdnf install -y git",
        clean: "tdnf install -y git && tdnf clean all",
        ..NONE
    },
    Smell {
        id: "zypper-cache",
        manager: "zypper",
        command: r"(?:^|[\s/])zypper\s(?:.*\s)?(?:install|in|update|up|dup|refresh|ref)(?:\s|$)",
        cleaned_by: r"zypper\s(?:.*\s)?(?:clean|cc)(?:\s|$)",
        folders: r"/var/cache(?:/(?:zypp|\*)|/?(?:[\s,]|$))",
        mends: &[Mend {
            title: "zypper cache",
            ..CLEAN
        }],
        smelly: "zypper -n in git",
        clean: "zypper install -y git && zypper clean -a",
        ..NONE
    },
    Smell {
        id: "pacman-cache",
        manager: "pacman",
        command: r"(?:^|[\s/])(?:pacman|yay)\s(?:.*\s)?(?:-S[a-z]*|--sync)(?:\s|$)",
        except: r"\s-S(?:s|i|l|c)[a-z]*(?:\s|$)",
        cleaned_by: r"(?:pacman|yay)\s(?:.*\s)?-S[a-z]*c|paccache",
        folders: r"/var/cache(?:/(?:pacman|\*)|/?(?:[\s,]|$))",
        mends: &[Mend {
            title: "pacman package cache",
            ..CLEAN
        }],
        smelly: "pacman -Syu --noconfirm git",
        clean: "pacman -S --noconfirm git && pacman -Scc --noconfirm",
        ..NONE
    },
    Smell {
        id: "uv-cache",
        manager: "uv",
        command: r"(?:^|[\s/])uv\s(?:.*\s)?(?:sync|add|pip\s+install|tool\s+install)(?:\s|$)",
        unless: r"--no-cache\b|\s-n\s",
        cleaned_by: r"uv\s+cache\s+(?:clean|prune)",
        folders: r"\.cache(?:/uv|/?\*|/?(?:[\s,]|$))",
        elsewhere: r"UV_NO_CACHE|UV_CACHE_DIR=/tmp",
        mends: &[
            Mend {
                title: "uv cache",
                ..CLEAN
            },
            Mend {
                transform: "tighten-package-flags",
                title: "--no-cache`",
                reasons: FLAG,
            },
        ],
        smelly: "uv sync --frozen",
        clean: "--mount=type=cache,target=/root/.cache/uv uv sync --frozen",
        ..NONE
    },
    Smell {
        id: "pipenv-cache",
        manager: "pipenv",
        command: r"(?:^|[\s/])pipenv\s(?:.*\s)?(?:install|sync)(?:\s|$)",
        except: r"(?:pip[\d.]*|apt-get|apk)\s",
        unless: r"--clear\b",
        cleaned_by: r"pipenv\s+--clear",
        folders: r"\.cache(?:/pip|/?\*|/?(?:[\s,]|$))",
        elsewhere: r"PIPENV_CACHE_DIR=/tmp",
        mends: &[Mend {
            title: "caches of pipenv and pip",
            ..CLEAN
        }],
        smelly: "pipenv install --system --deploy",
        clean: "pipenv install --system && rm -rf /root/.cache",
        ..NONE
    },
    Smell {
        id: "poetry-cache",
        manager: "poetry",
        command: r"(?:^|[\s/])poetry\s(?:.*\s)?(?:install|sync|update|add)(?:\s|$)",
        except: r"pip[\d.]*\s",
        unless: r"--no-cache\b",
        cleaned_by: r"poetry\s+cache\s+clear",
        folders: r"pypoetry|POETRY_CACHE_DIR|\.cache(?:/?\*|/?(?:[\s,]|$))",
        mends: &[Mend {
            title: "poetry cache",
            ..CLEAN
        }],
        smelly: "poetry install --no-dev",
        clean: "poetry install && rm -rf ~/.cache/pypoetry",
        ..NONE
    },
    Smell {
        id: "pdm-cache",
        manager: "pdm",
        command: r"(?:^|[\s/])pdm\s(?:.*\s)?(?:install|sync|add)(?:\s|$)",
        except: r"pip[\d.]*\s",
        cleaned_by: r"pdm\s+cache\s+clear",
        folders: r"\.cache(?:/pdm|/?\*|/?(?:[\s,]|$))",
        mends: &[Mend {
            title: "pdm cache",
            ..CLEAN
        }],
        smelly: "pdm sync --prod",
        clean: "pdm sync && pdm cache clear",
        ..NONE
    },
    Smell {
        id: "conda-cache",
        manager: "conda",
        command: r"(?:^|[\s/])(?:conda|mamba|micromamba)\s(?:.*\s)?(?:install|create|update)(?:\s|$)",
        except: r"\s(?:run|config)\s",
        cleaned_by: r"(?:conda|mamba)\s+clean",
        folders: r"/pkgs(?:/|\s|$|,)",
        mends: &[Mend {
            title: "conda package cache",
            ..CLEAN
        }],
        smelly: "conda env create -f environment.yml",
        clean: "conda install -y numpy && conda clean -afy",
        ..NONE
    },
    Smell {
        id: "npm-cache",
        manager: "npm",
        command: r"(?:^|[\s/])npm\s(?:.*\s)?(?:install|i|ci|add|update|clean-install|install-test)(?:\s|$)",
        except: r"npm\s+(?:run|config|set|cache|exec)\b|(?:apt-get|apk|yum|dnf)\s",
        cleaned_by: r"npm\s+(?:-\S+\s+)*cache\s+(?:-\S+\s+)*(?:clean|rm|clear)|npm-cache",
        folders: r"\.npm(?:/|\s|$|,|\*)|_cacache",
        mends: &[Mend {
            title: "npm cache",
            ..CLEAN
        }],
        smelly: "npm install",
        clean: "npm ci --omit=dev && npm cache clean --force",
        ..NONE
    },
    Smell {
        id: "yarn-cache",
        manager: "yarn",
        command: r"^\s*(?:(?:then|do|sudo|corepack|\w+=\S*)\s+)*(?:\S*/)?yarn(?:pkg)?(?:\s+-\S+)*(?:\s*$|\s+(?:install|add|global\s+add|workspaces\s+focus)(?:\s|$))",
        except: r"\s(?:--version|-v|--help)(?:\s|$)",
        cleaned_by: r"yarn\s+cache\s+clean|yarn-cache",
        folders: r"(?:\.cache(?:/yarn|/?\*|/?(?:[\s,]|$))|YARN_CACHE_FOLDER|\.yarn/)",
        mends: &[Mend {
            title: "yarn cache",
            ..CLEAN
        }],
        smelly: "yarn --production",
        clean: "yarn install && yarn cache clean",
        ..NONE
    },
    Smell {
        id: "pnpm-store",
        manager: "pnpm",
        command: r"(?:^|[\s/])pnpm\s(?:.*\s)?(?:install|i|add|fetch)(?:\s|$)",
        except: r"pnpm\s+(?:run|config|set|exec)\b|npm\s.*\spnpm",
        cleaned_by: r"pnpm\s+store\s+prune|\brm\s.*pnpm\s+store",
        folders: r"pnpm(?:/|-)store|\.pnpm-store|/pnpm(?:[\s,]|$)",
        mends: &[Mend {
            title: "pnpm store",
            ..CLEAN
        }],
        smelly: "pnpm install --frozen-lockfile",
        clean: "--mount=type=cache,id=pnpm,target=/pnpm/store pnpm install",
        ..NONE
    },
    Smell {
        id: "bun-cache",
        manager: "bun",
        command: r"(?:^|[\s/])bun\s(?:.*\s)?(?:install|i|add|ci)(?:\s|$)",
        except: r"npm\s",
        cleaned_by: r"bun\s+pm\s+cache\s+rm",
        folders: r"\.bun/install(?:/cache)?",
        mends: &[Mend {
            title: "bun install cache",
            ..CLEAN
        }],
        smelly: "bun install --production",
        clean: "bun install && bun pm cache rm",
        ..NONE
    },
    Smell {
        id: "gem-cache",
        manager: "gem",
        command: r"(?:^|[\s/])gem\s(?:.*\s)?(?:install|update)(?:\s|$)",
        cleaned_by: r"\brm\s.*(?:\.gem\b|/cache)",
        folders: r"/usr/local/bundle/cache|gems?/.*cache|\.gem(?:/|\s|$)",
        mends: &[Mend {
            title: "downloaded gem files",
            ..CLEAN
        }],
        smelly: "gem install rails",
        clean: "gem install rails && rm -rf /usr/local/bundle/cache/*.gem",
        ..NONE
    },
    Smell {
        id: "bundler-cache",
        manager: "bundler",
        command: r"^\s*(?:(?:then|do|sudo|\w+=\S*)\s+)*(?:\S*/)?bundler?(?:\s+_\S+_)?(?:\s+-\S+)*(?:\s*$|\s+(?:install|update)(?:\s|$))",
        except: r"\s(?:--version|-v)(?:\s|$)",
        cleaned_by: r"\brm\s.*(?:\.gem\b|/cache)",
        folders: r"/usr/local/bundle/cache|bundle/.*cache|\.bundle/cache",
        mends: &[Mend {
            title: "downloaded gem files",
            ..CLEAN
        }],
        smelly: "bundle install --jobs 4",
        clean: "bundle install && rm -rf /usr/local/bundle/cache/*.gem",
        ..NONE
    },
    Smell {
        id: "composer-cache",
        manager: "composer",
        command: r"(?:^|[\s/])composer(?:\.phar)?\s(?:.*\s)?(?:install|require|update|create-project)(?:\s|$)",
        except: r"(?:apt-get|apk|yum|dnf)\s",
        unless: r"--no-cache\b",
        cleaned_by: r"composer(?:\.phar)?\s+(?:-\S+\s+)*(?:global\s+)?(?:clear-?cache|cc)",
        folders: r"\.composer(?:/|\s|$|,)|\.cache(?:/composer|/?(?:[\s,]|$))|/tmp/cache",
        elsewhere: r"COMPOSER_CACHE_DIR=/dev/null",
        mends: &[Mend {
            title: "composer cache",
            ..CLEAN
        }],
        smelly: "composer install --no-dev",
        clean: "composer install && composer clear-cache",
        ..NONE
    },
    Smell {
        id: "go-cache",
        manager: "go",
        command: r"^\s*(?:(?:then|do|sudo|\w+=\S*)\s+)*(?:\S*/)?go\s+(?:build|install|get|mod\s+download)(?:\s|$)",
        cleaned_by: r"go\s+clean\s.*-\w*cache",
        folders: r"go/pkg|go-build|/root/go(?:[\s,/]|$)|\$\{?GOPATH|/go(?:[\s,]|/?\*|$)|\.cache(?:/?\*|/?(?:[\s,]|$))",
        mends: &[
            Mend {
                title: "go build cache",
                ..CLEAN
            },
            Mend {
                title: "go module cache",
                ..CLEAN
            },
        ],
        smelly: "CGO_ENABLED=0 go build -o /app .",
        clean: "go build -o /app && go clean -cache -modcache",
        ..NONE
    },
    Smell {
        id: "cargo-cache",
        manager: "cargo",
        command: r"^\s*(?:(?:then|do|sudo|\w+=\S*)\s+)*(?:\S*/)?cargo\s+(?:\+\S+\s+)?(?:build|install|fetch)(?:\s|$)",
        folders: r"cargo/(?:registry|git)|\.cargo(?:[\s,/]|$)|CARGO_HOME",
        mends: &[Mend {
            title: "cargo registry",
            ..CLEAN
        }],
        smelly: "cargo install ripgrep",
        clean: "cargo build --release && rm -rf /usr/local/cargo/registry",
        ..NONE
    },
    Smell {
        id: "maven-cache",
        manager: "mvn",
        command: r"^\s*(?:(?:then|do|sudo|\w+=\S*)\s+)*(?:\S*/)?mvnw?\s(?:.*\s)?(?:package|install|verify|compile|deploy|dependency:\S+)(?:\s|$)",
        folders: r"\.m2(?:/|\s|$|,)",
        mends: &[Mend {
            title: "local maven repository",
            ..CLEAN
        }],
        smelly: "mvn -B package",
        clean: "mvn package && rm -rf /root/.m2",
        ..NONE
    },
    Smell {
        id: "gradle-cache",
        manager: "gradle",
        command: r"^\s*(?:(?:then|do|sudo|sh|\w+=\S*)\s+)*(?:\S*/)?gradlew?\s+\S",
        except: r"\s(?:--version|-v|--help)(?:\s|$)",
        folders: r"\.gradle(?:/|\s|$|,)|GRADLE_USER_HOME",
        mends: &[Mend {
            title: "gradle caches",
            ..CLEAN
        }],
        smelly: "./gradlew build",
        clean: "gradle build && rm -rf ~/.gradle",
        ..NONE
    },
    Smell {
        id: "dotnet-cache",
        manager: "dotnet",
        command: r"^\s*(?:(?:then|do|sudo|\w+=\S*)\s+)*(?:\S*/)?dotnet\s+(?:restore|build|publish|tool\s+install)(?:\s|$)",
        cleaned_by: r"dotnet\s+nuget\s+locals\s+\S+\s+(?:--clear|-c)",
        folders: r"\.nuget|NuGetScratch|NUGET_PACKAGES",
        mends: &[Mend {
            title: "NuGet caches",
            ..CLEAN
        }],
        smelly: "dotnet restore",
        clean: "dotnet restore && dotnet nuget locals all --clear",
        ..NONE
    },
    Smell {
        id: "archive-left",
        manager: "archive",
        command: r"^\s*(?:(?:then|do|sudo)\s+)*(?:curl|wget)\s.*\.(?:tar(?:\.\w+)?|t[gbx]z2?|zip)\b",
        except: r"\s-[a-zA-Z]*O-|\s-O\s+-",
        with: r"^\s*(?:(?:then|do|sudo)\s+)*(?:tar|bsdtar|unzip)\s",
        cleaned_by: r"\b(?:rm|unlink)\s.*(?:\.(?:tar|t[gbx]z|zip)|\*|/tmp|\$|-\w*r)",
        folders: r"/tmp",
        mends: &[Mend {
            title: "downloaded archive",
            reasons: &["archive-used-later", "no-safe-place"],
            ..CLEAN
        }],
        smelly: "curl -LO https://example.org/a.tar.gz && tar xzf a.tar.gz",
        clean: "wget https://example.org/a.zip && unzip a.zip && rm a.zip",
        ..NONE
    },
];

/// What the transform that removes caches says of one; its title is its name.
const CLEAN: Mend = Mend {
    transform: "clean-package-caches",
    title: "",
    reasons: KEEPS_CACHE,
};
