const bcrypt = require('bcrypt');
const { createServer } = require('node:http');

createServer(async (request, response) => {
  response.end(await bcrypt.hash(request.url, 8));
}).listen(4000);
