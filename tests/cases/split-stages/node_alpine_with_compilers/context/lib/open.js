const Database = require('better-sqlite3');

exports.open = (path) => new Database(path);
