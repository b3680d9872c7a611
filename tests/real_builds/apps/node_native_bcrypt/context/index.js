require('dotenv').config();
const http = require('http');
const bcrypt = require('bcrypt');

const rounds = Number(process.env.ROUNDS || 10);

const server = http.createServer(async (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  if (url.pathname === '/health') {
    res.end('ok\n');
    return;
  }
  if (url.pathname === '/check') {
    const hash = await bcrypt.hash(url.searchParams.get('word') || '', rounds);
    const same = await bcrypt.compare(url.searchParams.get('word') || '', hash);
    res.end(`rounds ${bcrypt.getRounds(hash)} same ${same}\n`);
    return;
  }
  res.statusCode = 404;
  res.end('not found\n');
});

server.listen(4000, () => console.log('password desk on 4000'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
