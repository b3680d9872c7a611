exports.up = (k) => k.schema.createTable('a', (t) => t.increments());
exports.down = (k) => k.schema.dropTable('a');
