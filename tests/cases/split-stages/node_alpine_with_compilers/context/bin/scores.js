const { open } = require('../lib/open');

const db = open(process.argv[3]);
db.exec('create table if not exists scores (who text, points int)');
console.log(db.prepare('select count(*) as n from scores').get().n);
