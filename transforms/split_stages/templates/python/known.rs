//! Python packages, and the libraries of the system that they load.

/// Packages that load libraries which the full image has and the slim one lacks: bullseye, bookworm, trixie.
#[rustfmt::skip]
const LOAD: &[(&str, [&[&str]; 3])] = &[
    ("mysqlclient", [&["libmariadb3"], &["libmariadb3"], &["libmariadb3"]]),
    ("psycopg2", [&["libpq5"], &["libpq5"], &["libpq5"]]),
    ("pycurl", [&["libcurl4"], &["libcurl4"], &["libcurl4t64"]]),
    ("lightgbm", [&["libgomp1"], &["libgomp1"], &["libgomp1"]]),
    ("xgboost", [&["libgomp1"], &["libgomp1"], &["libgomp1"]]),
    ("python-magic", [&["libmagic1"], &["libmagic1"], &["libmagic1t64"]]),
    ("opencv-python", [&["libgl1", "libglib2.0-0"], &["libgl1", "libglib2.0-0"], &["libgl1", "libglib2.0-0t64"]]),
    ("opencv-python-headless", [&["libglib2.0-0"], &["libglib2.0-0"], &["libglib2.0-0t64"]]),
];

/// Packages that load nothing of the system but what the slim image has: pure Python, or wheels that bring their
/// libraries along, for every platform that the images are made for.
#[rustfmt::skip]
const SELF_CONTAINED: &[&str] = &[
    "aiofiles", "aiohttp", "aiohttp-cors", "aioredis", "aiosignal", "aiosqlite", "alembic", "amqp", "annotated-types", "anyio",
    "apscheduler", "argon2-cffi", "argon2-cffi-bindings", "arrow", "asgi-lifespan", "asgiref", "async-timeout", "asyncpg",
    "attrs", "authlib", "babel", "bcrypt", "beautifulsoup4", "billiard", "bleach", "blinker", "boto3", "botocore", "bottle",
    "brotli", "cachetools", "celery", "certifi", "cffi", "channels", "channels-redis", "charset-normalizer", "cherrypy",
    "click", "click-didyoumean", "click-plugins", "click-repl", "colorama", "colorlog", "configparser", "connexion", "coreapi",
    "cryptography", "cycler", "daphne", "dash", "dataclasses-json", "decorator", "defusedxml", "distro", "dj-database-url",
    "django", "django-allauth", "django-celery-beat", "django-cors-headers", "django-debug-toolbar", "django-environ",
    "django-extensions", "django-filter", "django-redis", "django-rest-framework", "django-storages", "djangorestframework",
    "djangorestframework-simplejwt", "dnspython", "docker", "docutils", "docopt", "drf-yasg", "elasticsearch", "email-validator",
    "email_validator", "exceptiongroup", "fakeredis", "falcon", "fastapi", "fastapi-cli", "flask", "flask-admin", "flask-babel",
    "flask-bcrypt", "flask-caching", "flask-cors", "flask-jwt-extended", "flask-limiter", "flask-login", "flask-mail",
    "flask-marshmallow", "flask-migrate", "flask-restful", "flask-restx", "flask-script", "flask-session", "flask-socketio",
    "flask-sqlalchemy", "flask-wtf", "frozenlist", "fonttools", "furl", "gevent", "gitdb", "google-api-core", "google-auth",
    "google-cloud-storage", "graphene", "graphql-core", "greenlet", "grpcio", "gunicorn", "h11", "h2", "hiredis", "html5lib",
    "httpcore", "httptools", "httpx", "humanize", "hypercorn", "idna", "importlib-metadata", "importlib-resources",
    "inflection", "iniconfig", "invoke", "isodate", "itsdangerous", "jinja2", "jmespath", "joblib", "jsonpatch", "jsonpointer",
    "jsonschema", "jwt", "kafka-python", "kiwisolver", "kombu", "limits", "loguru", "lxml", "mako", "markdown",
    "markdown-it-py", "markupsafe", "marshmallow", "marshmallow-sqlalchemy", "matplotlib", "mdurl", "mistune", "mongoengine",
    "motor", "msgpack", "multidict", "mypy-extensions", "mysql-connector-python", "networkx", "nltk", "numpy", "oauthlib",
    "openai", "openpyxl", "orjson", "packaging", "pandas", "paramiko", "passlib", "peewee", "phonenumbers", "pillow", "plotly",
    "pluggy", "prometheus-client", "prometheus_client", "prompt-toolkit", "protobuf", "psutil", "psycopg2-binary", "pyasn1",
    "pyasn1-modules", "pycparser", "pycryptodome", "pydantic", "pydantic-core", "pydantic-settings", "pygments", "pyjwt",
    "pymongo", "pymysql", "pynacl", "pyopenssl", "pyparsing", "pypdf", "pypdf2", "pyserial", "pytest", "python-dateutil",
    "python-decouple", "python-dotenv", "python-jose", "python-json-logger", "python-multipart", "python-slugify",
    "python-socketio", "python-engineio", "python-telegram-bot", "pytz", "pyyaml", "quart", "rdflib", "redis", "regex",
    "reportlab", "requests", "requests-oauthlib", "requests-toolbelt", "rich", "rq", "rsa", "ruamel.yaml", "s3transfer",
    "sanic", "scikit-learn", "scipy", "seaborn", "sentry-sdk", "setproctitle", "shapely", "shellingham", "simplejson", "six",
    "slack-sdk", "smmap", "sniffio", "soupsieve", "sqlalchemy", "sqlalchemy-utils", "sqlmodel", "sqlparse", "sse-starlette",
    "starlette", "stripe", "structlog", "sympy", "tabulate", "tenacity", "text-unidecode", "threadpoolctl", "toml", "tomli",
    "toolz", "tornado", "tqdm", "twilio", "twisted", "typer", "types-requests", "typing-extensions", "typing_extensions",
    "typing-inspection", "tzdata", "tzlocal", "ujson", "uritemplate", "urllib3", "uvicorn", "uvloop", "vine", "waitress",
    "watchfiles", "wcwidth", "webargs", "webencodings", "websocket-client", "websockets", "werkzeug", "whitenoise",
    "wrapt", "wsproto", "wtforms", "xlrd", "xlsxwriter", "xmltodict", "yarl", "zipp", "zope.interface", "setuptools", "wheel", "pip",
    "black", "bs4", "coverage", "cython", "meinheld", "flake8", "isort", "mccabe", "mypy", "pathspec", "platformdirs", "pycodestyle", "pyflakes", "pylint", "ruff",
    "pytest-asyncio", "pytest-cov", "pytest-django", "pytest-mock", "factory-boy", "faker", "freezegun", "responses", "types-pyyaml",
];

/// What a package loads of the system, in the release at `column` of the tables.
pub(super) enum Loads {
    Nothing,
    These(&'static [&'static str]),
    NotKnown,
}

pub(super) fn loads(package: &str, release: Option<&str>) -> Loads {
    let name = package.to_ascii_lowercase().replace('_', "-");
    if SELF_CONTAINED
        .iter()
        .any(|known| known.replace('_', "-") == name)
    {
        return Loads::Nothing;
    }
    let column = ["bullseye", "bookworm", "trixie"]
        .iter()
        .position(|it| Some(*it) == release);
    match (LOAD.iter().find(|(known, _)| *known == name), column) {
        (Some((_, libraries)), Some(column)) => Loads::These(libraries[column]),
        _ => Loads::NotKnown,
    }
}

/// Whether a program comes with a Python package of much the same name.
pub(super) fn is_of_packages(program: &str) -> bool {
    const PROGRAMS: &[&str] = &[
        "alembic",
        "celery",
        "daphne",
        "django-admin",
        "fastapi",
        "flask",
        "gunicorn",
        "hypercorn",
        "rq",
        "streamlit",
        "uvicorn",
        "uwsgi",
        "waitress-serve",
        "sanic",
        "quart",
        "twistd",
        "scrapy",
        "pytest",
    ];
    PROGRAMS.contains(&program)
}
