//! Python packages, and the libraries of the system that they load.

/// Packages that load libraries which the full image has and the slim one lacks: bullseye, bookworm, trixie.
#[rustfmt::skip]
const LOAD: &[(&str, [&[&str]; 3])] = &[
    ("mysqlclient", [&["libmariadb3"], &["libmariadb3"], &["libmariadb3"]]),
    ("psycopg2", [&["libpq5"], &["libpq5"], &["libpq5"]]),
    ("pycurl", [&["libcurl4"], &["libcurl4"], &["libcurl4t64"]]),
    ("lightgbm", [&["libgomp1"], &["libgomp1"], &["libgomp1"]]),
    ("llama-cpp-python", [&["libgomp1"], &["libgomp1"], &["libgomp1"]]),
    ("paddlepaddle", [&["libgomp1"], &["libgomp1"], &["libgomp1"]]),
    ("xgboost", [&["libgomp1"], &["libgomp1"], &["libgomp1"]]),
    ("python-magic", [&["libmagic1"], &["libmagic1"], &["libmagic1t64"]]),
    ("uwsgi", [&["libxml2"], &["libxml2"], &["libxml2"]]),
    ("opencv-python", [&["libgl1", "libglib2.0-0"], &["libgl1", "libglib2.0-0"], &["libgl1", "libglib2.0-0t64"]]),
    ("opencv-python-headless", [&["libglib2.0-0"], &["libglib2.0-0"], &["libglib2.0-0t64"]]),
];

/// Packages that load nothing of the system but what the slim image has: pure Python, or wheels that bring their
/// libraries along, for every platform that the images are made for. Each was looked up in PyPI's index (November
/// 2026): it has a wheel for any platform or for manylinux, or is a source of pure Python.
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
    "inflection", "iniconfig", "isodate", "itsdangerous", "jinja2", "jmespath", "joblib", "jsonpatch", "jsonpointer",
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
    "discord-py", "discord.py", "disnake", "nextcord", "py-cord", "instana", "build", "cfgv", "comm", "distlib", "nbformat",
    "pandocfilters", "psycopg-pool", "pyproject-hooks", "pytest-flask", "rfc3987", "send2trash", "sphinx",
    "absl-py", "aenum", "aiobotocore", "aiocache", "aiodns", "aiogram", "aiohttp-retry", "aiohttp-session",
    "aiomysql", "aiopg", "aiormq", "aiosmtplib", "alabaster", "altair", "aniso8601", "ansicolors",
    "anthropic", "apispec", "appdirs", "asn1crypto", "astor", "astroid", "async-lru", "asyncer", "asyncio-mqtt",
    "asyncssh", "atlassian-python-api", "attrdict", "azure-common", "azure-core", "azure-identity",
    "azure-storage-blob", "backcall", "backoff", "backports.zoneinfo", "bandit", "base58", "bidict", "binaryornot",
    "bitarray", "blosc", "bokeh", "boltons", "boto", "braceexpand", "braintree", "bravado", "cattrs", "cchardet",
    "cerberus", "chardet", "chart-studio", "chevron", "ciso8601", "click-log", "cloudpickle", "cmarkgfm", "colorcet",
    "colour", "commonmark", "confluent-kafka", "contextlib2", "contourpy", "convertdate", "country-converter",
    "crashtest", "crispy-bootstrap5", "croniter", "cssselect", "cssutils", "cymem", "databases", "dataclasses",
    "dataset", "dateparser", "debugpy", "deepdiff", "deprecated", "dictdiffer", "dill", "diskcache",
    "django-admin-interface", "django-anymail", "django-appconf", "django-autocomplete-light", "django-axes",
    "django-bootstrap4", "django-bootstrap5", "django-ckeditor", "django-cleanup", "django-colorfield",
    "django-compressor", "django-crispy-forms", "django-cryptography", "django-csp", "django-dotenv",
    "django-guardian", "django-health-check", "django-htmx", "django-import-export",
    "django-ipware", "django-jazzmin", "django-js-asset", "django-jsonfield", "django-mathfilters",
    "django-model-utils", "django-mptt", "django-ninja", "django-oauth-toolkit", "django-phonenumber-field",
    "django-picklefield", "django-polymorphic", "django-prometheus", "django-q", "django-ratelimit",
    "django-rest-auth", "django-rest-knox", "django-rest-swagger", "django-reversion", "django-rq", "django-ses",
    "django-silk", "django-simple-captcha", "django-simple-history", "django-split-settings", "django-tables2",
    "django-taggit", "django-timezone-field", "django-treebeard", "django-waffle", "django-webpack-loader",
    "django-widget-tweaks", "djangorestframework-jwt", "djangorestframework-xml", "djoser", "docker-pycreds",
    "docxtpl", "dramatiq", "drf-extensions", "drf-nested-routers", "drf-spectacular", "drf-writable-nested", "duckdb",
    "dynaconf", "ecdsa", "einops", "elastic-transport", "elasticsearch-dsl", "emoji", "entrypoints", "environs",
    "envparse", "ephem", "et-xmlfile", "eventlet", "evidently", "execnet", "executing", "expiringdict", "faiss-cpu",
    "fastapi-mail", "fastapi-pagination", "fastapi-users", "fastapi-utils", "fastavro", "fastjsonschema", "feedgen",
    "feedparser", "filelock", "filetype", "fire", "firebase-admin", "flasgger", "flask-appbuilder",
    "flask-apscheduler", "flask-assets", "flask-basicauth", "flask-bootstrap", "flask-compress", "flask-dance",
    "flask-debugtoolbar", "flask-httpauth", "flask-jwt", "flask-moment", "flask-mongoengine", "flask-openid",
    "flask-principal", "flask-pymongo", "flask-redis", "flask-security", "flask-simplelogin", "flask-swagger",
    "flask-swagger-ui", "flask-talisman", "flask-testing", "flask-uploads", "folium", "fpdf", "fpdf2", "fs", "fsspec",
    "ftfy", "func-timeout", "future", "fuzzywuzzy", "geographiclib", "geoip2", "geojson", "geopandas", "geopy",
    "glom", "google-api-python-client", "google-auth-httplib2", "google-auth-oauthlib", "google-cloud-bigquery",
    "google-cloud-core", "google-cloud-firestore", "google-cloud-logging", "google-cloud-pubsub",
    "google-cloud-secret-manager", "google-cloud-tasks", "google-cloud-translate", "google-cloud-vision",
    "google-crc32c", "google-generativeai", "google-resumable-media", "googleapis-common-protos", "googlemaps", "gql",
    "graphene-django", "graphql-server", "grpcio-health-checking", "grpcio-reflection", "grpcio-status",
    "grpcio-tools", "gspread", "gtts", "hashids", "hdbscan", "holidays", "hpack", "html2text", "html5tagger",
    "httpbin", "httpie", "httplib2", "huggingface-hub", "hvac", "hyperframe", "ibm-cos-sdk", "ibm-watson",
    "icalendar", "ics", "identify", "ijson", "imagehash", "imageio", "imbalanced-learn", "incremental", "influxdb",
    "influxdb-client", "intervaltree", "ipaddress", "ipykernel", "ipython", "ipywidgets", "jaconv", "janus",
    "jaraco.classes", "jaraco.functools", "jedi", "jieba", "jira", "jsonlines", "jsonpath-ng", "jsonpickle",
    "jsonref", "jsonschema-specifications", "jupyter-client", "keras", "kubernetes", "langchain",
    "langchain-community", "langchain-core", "langchain-openai", "langdetect", "langsmith", "lark",
    "launchdarkly-server-sdk", "lazy-object-proxy", "llvmlite", "logbook", "logging-tree", "logstash-formatter",
    "lunardate", "lz4", "m3u8", "mailchimp-marketing", "mammoth", "markdown2", "markdownify", "marshmallow-enum",
    "matplotlib-inline", "meilisearch", "memory-profiler", "minio", "mixpanel", "moment",
    "more-itertools", "moto", "msal", "msrest", "multiprocess", "munch", "murmurhash", "mypy-boto3-s3",
    "nanoid", "narwhals", "natsort", "neo4j", "nest-asyncio", "newrelic", "numba", "numexpr",
    "oauth2client", "odfpy", "onnx", "onnxruntime", "openapi-core", "openapi-schema-validator",
    "openapi-spec-validator", "opencensus", "opentelemetry-api", "opentelemetry-exporter-otlp",
    "opentelemetry-instrumentation", "opentelemetry-instrumentation-fastapi", "opentelemetry-instrumentation-flask",
    "opentelemetry-sdk", "opentracing", "optuna", "ordered-set", "orderedmultidict", "pandas-datareader", "pandera",
    "parse", "parsedatetime", "parsel", "parso", "paste", "pathlib", "pathlib2", "pathtools", "patsy", "pbr",
    "pdfminer.six", "pdfplumber", "pendulum", "pg8000", "pgvector", "phonenumberslite", "pika", "pinecone-client",
    "pipdeptree", "plaid-python", "ply", "polars", "portalocker", "posthog", "praw", "preshed", "prettytable",
    "prometheus-fastapi-instrumentator", "prometheus-flask-exporter", "promise", "propcache", "proto-plus",
    "ptyprocess", "publicsuffix2", "pulp", "pure-eval", "pusher", "py-cpuinfo", "py-moneyed", "pyarrow", "pybreaker",
    "pycountry", "pycryptodomex", "pydash", "pydeck", "pyee", "pyexcel", "pyfcm", "pygithub", "pygtrie", "pyhumps",
    "pykwalify", "pyluach", "pymeeus", "pymemcache", "pymisp", "pymorphy2", "pympler", "pymupdf", "pynamodb", "pyotp",
    "pyphen", "pypika", "pypng", "pyproj", "pyquery", "pyrebase4", "pyrfc3339", "pyrogram", "pyrsistent", "pysftp",
    "pysocks", "pystache", "pytelegrambotapi", "pytest-runner", "python-arango", "python-barcode", "python-consul",
    "python-crontab", "python-docx", "python-editor", "python-frontmatter", "python-gitlab", "python-http-client",
    "python-i18n", "python-jenkins", "python-keycloak", "python-logstash", "python-louvain", "python-memcached",
    "python-mimeparse", "python-pptx", "python-rapidjson", "python-redis-lock", "python-resize-image",
    "python-stdnum", "python-swiftclient", "python-twitter", "python3-openid", "pytimeparse", "pytz-deprecation-shim",
    "pyvis", "pywebpush", "pyxdameraulevenshtein", "pyyaml-env-tag", "pyyaml-include", "pyzmq", "qrcode", "ratelimit",
    "raven", "readability-lxml", "redis-om", "redis-py-cluster", "referencing", "repoze.lru", "requests-aws4auth",
    "requests-cache", "requests-file", "requests-html", "requests-mock", "requests-ntlm", "requests-unixsocket",
    "restrictedpython", "retry", "retrying", "rfc3339-validator", "rfc3986", "robotframework", "rpds-py",
    "safetensors", "sanic-cors", "sanic-ext", "schedule", "schema", "scikit-image", "scikit-optimize", "scrapy",
    "secure", "segno", "semver", "sendgrid", "sentence-transformers", "sentencepiece", "serpy", "service-identity",
    "sgmllib3k", "shap", "shippo", "shortuuid", "simple-salesforce", "simpy", "singledispatch", "skyfield",
    "slackclient", "slackeventsapi", "slowapi", "smart-open", "smartypants", "snowballstemmer",
    "snowflake-connector-python", "snowflake-sqlalchemy", "social-auth-app-django", "social-auth-core",
    "sortedcontainers", "spacy", "sqlalchemy-json", "sqlalchemy-mixins", "sqlalchemy-searchable", "sqlglot",
    "squarify", "sseclient-py", "sshtunnel", "stack-data", "starlette-exporter", "statsmodels", "stevedore", "stone",
    "strawberry-graphql", "streamlit", "strictyaml", "tablib", "tailer", "tensorboard", "termcolor", "textblob",
    "textdistance", "tf-keras", "thefuzz", "thinc", "tiktoken", "timezonefinder", "tinycss2", "tinydb",
    "tinysegmenter", "tldextract", "tokenizers", "toposort", "torch", "torchaudio", "torchvision", "tortoise-orm",
    "traitlets", "transformers", "transitions", "treelib", "tritonclient", "tweepy", "txaio", "typeguard",
    "types-python-dateutil", "types-redis", "types-setuptools", "tzwhere", "ua-parser", "unicodecsv", "unidecode",
    "unittest-xml-reporting", "url-normalize", "urlextract", "usaddress", "user-agents", "validate-email",
    "validators", "vcrpy", "virtualenv", "voluptuous", "wagtail", "wasabi", "watchdog", "watchgod", "webassets",
    "webcolors", "webob", "wikipedia", "wsgidav", "wtforms-json", "xmlschema", "xyzservices", "yfinance",
    "zeep", "zenpy", "zstandard",
    "aioboto3", "aiohappyeyeballs", "aiolimiter", "aiosmtpd", "apprise", "arabic-reshaper", "asttokens",
    "asyncio-throttle", "automat", "autopep8", "azure-functions", "branca", "cachecontrol", "catalogue",
    "category-encoders", "coloredlogs", "constantly", "cronsim", "cssselect2", "dash-bootstrap-components",
    "datetime", "device-detector", "directory-tree", "discord", "discord-py", "django-admin-rangefilter",
    "django-bleach", "django-celery-results", "django-clearcache", "django-elasticsearch-dsl",
    "django-email-verification", "django-graphql-auth", "django-graphql-jwt", "django-jalali-date", "django-jinja",
    "django-star-ratings", "django-stubs", "django-stubs-ext", "dominate", "drf-spectacular-sidecar", "durationpy",
    "fake-useragent", "fastapi-cors", "fastapi-limiter", "fido2", "flask-opentracing", "flatbuffers", "flower",
    "fqdn", "gast", "geocoder", "google-ai-generativelanguage", "google-genai", "google-pasta", "gradio",
    "graphql-relay", "groq", "gspread-pandas", "heroku3", "httpx-sse", "humanfriendly", "hyperlink", "imagesize",
    "imgkit", "inquirerpy", "is-disposable-email", "isoduration", "itemadapter", "itemloaders", "jinja2-time",
    "json5", "langchain-google-genai", "langchain-groq", "langchain-ollama", "langchain-text-splitters", "langgraph",
    "langgraph-checkpoint", "langgraph-sdk", "magic-filter", "mock", "monotonic", "moodlepy", "mpmath",
    "multitasking", "notifiers", "ollama", "opentelemetry-exporter-jaeger",
    "opentelemetry-exporter-otlp-proto-common", "opentelemetry-exporter-otlp-proto-grpc",
    "opentelemetry-instrumentation-asgi", "opentelemetry-proto", "opentelemetry-semantic-conventions",
    "opentelemetry-util-http", "overrides", "paho-mqtt", "pandas-ta", "pathy", "pdfkit", "pfzy", "pony", "poyo",
    "protego", "py", "pydispatcher", "python-gettext", "queuelib", "ratelim", "razorpay", "rdflib-jsonld",
    "rfc3986-validator", "rfc3987-syntax", "rich-toolkit", "rx", "selenium", "sparqlwrapper", "spectree",
    "split-settings", "spotipy", "starlette-admin", "statsd", "supabase", "telebot", "telethon", "types-markdown",
    "types-pygments", "typing-inspect", "uri-template", "uritools", "vertica-python", "vk-api", "w3lib",
    "webdriver-manager", "wtforms-validators", "yahoo-fin", "youtube-search", "zope-event",
    "aio-pika", "aiosql", "antlr4-python3-runtime", "autocommand", "aws-sam-translator", "aws-xray-sdk",
    "backports-tarfile", "beartype", "cachelib", "cron-descriptor", "dacite", "django-admin-dracula",
    "django-cachalot", "django-configurations", "django-contact-form", "django-hosts", "django-localflavor",
    "django-modelcluster", "django-modeltranslation", "django-money", "django-read-only", "django-recaptcha",
    "django-registration-redux", "dockerflow", "editables", "eth-abi", "eth-account", "eth-utils", "inflect",
    "ipdb", "jaraco-collections", "jaraco-text", "joserfc", "jsonschema-path", "jupyter-events", "jwcrypto",
    "mafic", "markus", "mlb-statsapi", "mutagen", "netaddr", "num2words", "opensearch-py", "outcome", "pathable",
    "pathvalidate", "pickleshare", "pint", "psycopg-binary", "py-partiql-parser", "pykismet3", "pymdown-extensions",
    "pytest-env", "qdrant-client", "respx", "safe-eth-py", "schematics", "simple-websocket",
    "sphinxcontrib-devhelp", "sphinxcontrib-htmlhelp", "sphinxcontrib-jsmath", "sphinxcontrib-qthelp",
    "sphinxcontrib-serializinghtml", "time-machine", "tomli-w", "tomlkit", "trove-classifiers", "web3",
];

/// What a package loads of the system, in the release at `column` of the tables.
pub(super) enum Loads {
    Nothing,
    These(&'static [&'static str]),
    NotKnown,
}

pub(super) fn loads(package: &str, release: Option<&str>) -> Loads {
    let name = package.to_ascii_lowercase().replace('_', "-");
    // Types for checkers alone, and what counts and traces in Python.
    if ["types-", "opentelemetry-"]
        .iter()
        .any(|it| name.starts_with(it))
    {
        return Loads::Nothing;
    }
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

/// Packages that are compiled from C++ where there is no wheel for musl, and whether in several threads.
const OF_CPP: &[(&str, bool)] = &[
    ("grpcio", false),
    ("greenlet", false),
    ("lightgbm", true),
    ("matplotlib", false),
    ("numpy", false),
    ("pandas", false),
    ("pyarrow", false),
    ("pybind11", false),
    ("pyzmq", false),
    ("scikit-learn", true),
    ("scipy", false),
    ("xgboost", true),
];

/// The libraries of the compiler that a package loads on Alpine.
pub(super) fn of_cpp(package: &str) -> &'static [&'static str] {
    let name = package.to_ascii_lowercase().replace('_', "-");
    match OF_CPP.iter().find(|(known, _)| *known == name) {
        Some((_, true)) => &["libstdc++", "libgomp"],
        Some((_, false)) => &["libstdc++"],
        None => &[],
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

/// The first releases with a wheel for 64-bit Linux, by minor version of Python from 3.8 to 3.14; from PyPI's index,
/// November 2026. Older ones are compiled, against the libraries of the larger image.
#[rustfmt::skip]
const FIRST_WHEELS: &[(&str, [&[u32]; 7])] = &[
    ("lxml", [&[4, 5], &[4, 5, 2], &[4, 6, 3], &[4, 9, 1], &[4, 9, 3], &[5, 3], &[6, 0, 1]]),
    ("pillow", [&[7], &[8], &[8, 3, 2], &[9, 2], &[10], &[10, 4], &[11, 3]]),
    ("psycopg2-binary", [&[2, 8, 6], &[2, 8, 6], &[2, 9, 1], &[2, 9, 5], &[2, 9, 9], &[2, 9, 10], &[2, 9, 11]]),
    ("pyyaml", [&[5, 4], &[5, 4], &[6], &[6], &[6, 0, 1], &[6, 0, 2], &[6, 0, 3]]),
];

/// Whether a line of a requirements file pins a release that has no wheel for a version of Python.
pub(super) fn is_compiled(line: &str, python: Option<&[u32]>) -> bool {
    let line = line.split(['#', ';']).next().unwrap_or_default();
    let Some((name, release)) = line.split_once("==") else {
        return false;
    };
    let name = name.trim().to_ascii_lowercase().replace('_', "-");
    let row = FIRST_WHEELS.iter().find(|(known, _)| *known == name);
    let Some((_, first)) = row else {
        return false;
    };
    let release: Vec<u32> = release
        .trim()
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect();
    match python {
        Some([3, minor @ 8..=14, ..]) => release.as_slice() < first[*minor as usize - 8],
        // Of another Python nothing is known.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::is_compiled;

    #[test]
    fn a_release_older_than_its_wheels_is_compiled() {
        let python = Some(&[3, 11][..]);
        assert!(is_compiled("psycopg2-binary==2.9.4", python));
        assert!(!is_compiled("psycopg2-binary==2.9.5", python));
        assert!(!is_compiled(
            "psycopg2_binary == 2.9.10  # the base",
            python
        ));
        assert!(is_compiled("lxml==4.9.0; python_version > '3'", python));
        assert!(!is_compiled("lxml>=4.9.0", python));
        assert!(!is_compiled("flask==0.1", python));
        assert!(is_compiled("Pillow==12.0.0", Some(&[3, 15])));
        assert!(is_compiled("Pillow==12.0.0", None));
        assert!(!is_compiled("psycopg2-binary==2.9.9", Some(&[3, 8])));
    }
}
