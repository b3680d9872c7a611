//! Packages of npm, and what they need of the system.

/// Packages that load or run what the full image has and the slim one lacks, or fetch programs of their own.
#[rustfmt::skip]
pub(super) const NEED_MORE: &[&str] = &[
    "@prisma/client", "canvas", "couchbase", "electron", "fluent-ffmpeg", "gm", "imagemagick", "kerberos", "libpq",
    "node-oracledb", "nodegit", "odbc", "opencv4nodejs", "oracledb", "pg-native", "playwright",
    "playwright-chromium", "prisma", "ps-tree", "puppeteer", "puppeteer-core", "rdkafka", "node-rdkafka", "shelljs",
    "simple-git", "tfjs-node", "zx", "@napi-rs/canvas", "@tensorflow/tfjs-node", "usb", "serialport",
];

/// Packages that run programs of the system for the project; other packages depend on some of them, too.
#[rustfmt::skip]
pub(super) const RUN_OTHERS: &[&str] = &[
    "@resvg/resvg-js", "child-process-promise", "cross-spawn", "cross-zip", "degit", "devcert", "easyimage",
    "execa", "exiftool-vendored", "forever", "ghostscript4js", "git-clone", "git-last-commit", "gitlog", "graphviz",
    "imagemagick-stream", "node-cmd", "node-openssl-cert", "node-powershell", "node-pty", "node-tesseract-ocr",
    "node-thumbnail", "openssl-wrapper", "os-utils", "pdf-image", "pdf-poppler", "pdf2image", "pem", "pidtree",
    "process-exists", "ps-list", "ps-node", "python-shell", "sudo-prompt", "systeminformation", "tree-kill",
    "wkhtmltopdf", "youtube-dl-exec", "yt-dlp-exec", "yt-dlp-wrap",
];

/// Packages with install scripts that need nothing of the system when they run.
#[rustfmt::skip]
pub(super) const SELF_CONTAINED: &[&str] = &[
    "@apollo/protobufjs", "@nestjs/core", "@parcel/watcher", "@scarf/scarf", "@swc/core", "argon2", "bcrypt",
    "better-sqlite3", "bufferutil", "core-js", "core-js-pure", "cpu-features", "es5-ext", "esbuild", "fsevents", "husky",
    "leveldown", "lmdb", "msgpackr-extract", "node-sass", "nodemon", "nx", "protobufjs", "re2", "sharp", "snappy", "sqlite3",
    "ssh2", "styled-components", "unrs-resolver", "utf-8-validate", "vue-demi",
];

/// Packages that, with all that they depend on, have no install script and nothing compiled in the newest releases of
/// their two or three latest major versions (npm's registry, November 2026).
#[rustfmt::skip]
pub(super) const WITHOUT_SCRIPTS: &[&str] = &[
    "@aws-sdk/client-s3", "@elastic/elasticsearch", "@google-cloud/storage", "@hapi/hapi", "@nestjs/common",
    "@nestjs/config", "@nestjs/jwt", "@nestjs/mongoose", "@nestjs/passport", "@nestjs/platform-express",
    "@nestjs/typeorm", "@sendgrid/mail", "@sentry/node", "@slack/bolt", "ajv", "amqplib", "async", "axios",
    "basic-auth", "bcryptjs", "bluebird", "body-parser", "body-scroll-lock", "busboy", "cassandra-driver", "chalk",
    "cheerio", "class-transformer", "class-validator", "cli-table3", "colors", "commander", "compression", "config",
    "connect-flash", "connect-mongo", "connect-redis", "consul", "convict", "cookie-parser", "cookie-session", "cors",
    "cron", "crypto-js", "csurf", "csv-parse", "csv-parser", "dataloader", "date-fns", "dayjs", "debug", "discord.js",
    "dotenv", "ejs", "elastic-apm-node", "envalid", "errorhandler", "ethers", "eventemitter3", "express",
    "express-async-errors", "express-async-handler", "express-basic-auth", "express-ejs-layouts",
    "express-fileupload", "express-graphql", "express-handlebars", "express-jwt", "express-mongo-sanitize",
    "express-pino-logger", "express-rate-limit", "express-session", "express-validator", "fast-xml-parser", "fastify",
    "got", "graphql", "handlebars", "hbs", "helmet", "http-errors", "http-proxy-middleware", "ioredis", "joi",
    "jsonwebtoken", "knex", "koa", "lodash", "md5", "method-override", "moment", "moment-timezone", "mongodb",
    "mongoose", "morgan", "multer", "mysql", "mysql2", "nanoid", "node-cache", "node-cron", "node-fetch",
    "nodemailer", "openai", "passport", "passport-jwt", "passport-local", "path-to-regexp", "pg", "pino", "pino-http",
    "prom-client", "qs", "redis", "reflect-metadata", "request", "response-time", "rimraf", "rxjs", "semver",
    "sequelize", "serve-favicon", "serve-static", "shortid", "slugify", "socket.io", "socket.io-client", "stripe",
    "superagent", "swagger-jsdoc", "telegraf", "tslib", "typeorm", "underscore", "uuid", "validator", "winston", "ws",
    "xml2js", "yup", "zod",
];
