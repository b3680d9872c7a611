//! What a program of Go's finds in the system: tables, certificates, time zones, users.

use super::CERTIFICATES;
use crate::transforms::split_stages::files::copied_at;
use crate::transforms::split_stages::plan::Brought;
use crate::transforms::split_stages::site::Site;
use crate::transforms::split_stages::survey::Survey;

/// Tables of the system that Go reads where they are, which its images have and slim ones lack: with Mercurial comes
/// the one of types of files, and `netbase` that of services.
pub(super) fn tables(site: &Site<'_>) -> Vec<Brought> {
    const OF_TYPES: &[&str] = &[
        "FileServer(",
        "ServeContent(",
        "ServeFile(",
        "mime.ExtensionsByType(",
        "mime.TypeByExtension(",
    ];
    let names = |calls: &[&str]| {
        let mut texts = site.texts();
        texts.any(|(path, text)| path.ends_with(".go") && calls.iter().any(|it| text.contains(it)))
    };
    let types = names(OF_TYPES).then(|| Brought::in_place("/etc/mime.types"));
    let services = names(&["LookupPort("]).then(|| Brought::in_place("/etc/services"));
    types.into_iter().chain(services).collect()
}

/// Whether Go alone speaks TLS in the container: no other program and no library does.
pub(super) fn knows_no_tls(site: &Site<'_>, survey: &Survey) -> bool {
    #[rustfmt::skip]
    const WITHOUT_TLS: &[&str] = &[
        "bash", "file", "jq", "libgomp1", "libmagic1", "libpcap0.8", "libsqlite3-0", "libzstd1", "make", "sqlite3", "tini",
        "tzdata", "unzip", "zip", "zlib1g",
    ];
    let mut names = survey.packages.needed().chain(site.told_packages());
    let mut modules = site.texts_named(&["go.mod"]);
    names.all(|name| WITHOUT_TLS.contains(&name))
        && !modules.any(|text| text.contains("confluent-kafka-go"))
}

/// What a program finds in the images of others, and not in none: certificates, and Go's own time zones.
pub(super) fn of_system(site: &Site<'_>) -> Vec<Brought> {
    let mut texts = site.texts();
    let names_zone = texts.any(|(_, text)| text.contains("LoadLocation"));
    let mut found = vec![Brought::in_place(CERTIFICATES)];
    let user = site.end().user.value.known();
    let is_number = |part: &str| part.chars().all(|char| char.is_ascii_digit());
    if user.is_some_and(|user| user != "root" && !user.split(':').all(is_number)) {
        found.extend(["/etc/passwd", "/etc/group"].map(Brought::in_place));
    }
    found.extend(names_zone.then(|| Brought::in_place("/usr/local/go/lib/time/zoneinfo.zip")));
    found
}

/// Whether a program may want time zones: Alpine has none, and Go's own are found beside Go alone.
pub(super) fn knows_time(site: &Site<'_>) -> bool {
    #[rustfmt::skip]
    const MODULES: &[&str] = &[
        "clickhouse-go", "/cron", "go-mssqldb", "go-sql-driver/mysql", "gorm.io/", "jackc/pgx", "lib/pq", "xorm.io/",
    ];
    let is_set = site.end().env.get("TZ").is_some();
    let mut manifests = site.texts_named(&["go.mod"]);
    let has_module = manifests.any(|text| MODULES.iter().any(|it| text.contains(it)));
    let says = |text: &str| {
        let told = ["LoadLocation", "TZ", "time.Local", ".Local()", ".Format("];
        told.iter().any(|it| text.contains(it))
    };
    is_set || has_module || site.texts().any(|(_, text)| says(text))
}

/// Libraries that look for files in the working folder without being told, and where.
#[rustfmt::skip]
const CONVENTIONS: &[(&str, &[&str])] = &[
    ("github.com/astaxie/beego", &["conf", "static", "views"]),
    ("github.com/beego/beego", &["conf", "static", "views"]),
    ("github.com/beego/beego/v2", &["conf", "static", "views"]),
    ("github.com/flamego/flamego", &["public", "templates"]),
    ("github.com/go-martini/martini", &["public", "templates"]),
    ("github.com/gobuffalo/pop", &["database.yml"]),
    ("github.com/gogf/gf", &["config", "config.toml", "config.yaml", "i18n", "manifest", "public", "resource", "template"]),
    ("github.com/pocketbase/pocketbase", &["pb_hooks", "pb_migrations", "pb_public"]),
    ("github.com/revel/revel", &["app", "conf", "messages", "public"]),
    ("github.com/unrolled/render", &["templates"]),
    ("github.com/urfave/negroni", &["public"]),
    ("gopkg.in/macaron", &["public", "templates"]),
];

/// The files that libraries which the sources import read by convention.
pub(super) fn by_convention(site: &Site<'_>) -> Vec<String> {
    let imports = |module: &str| {
        let names = [
            format!("\"{module}\""),
            format!("\"{module}/"),
            format!("\"{module}."),
        ];
        let mut texts = site.texts().filter(|(path, _)| path.ends_with(".go"));
        texts.any(|(_, text)| names.iter().any(|it| text.contains(it.as_str())))
    };
    let rows = CONVENTIONS.iter().filter(|(module, _)| imports(module));
    copied_at(site, rows.flat_map(|(_, places)| places.iter().copied()))
}
