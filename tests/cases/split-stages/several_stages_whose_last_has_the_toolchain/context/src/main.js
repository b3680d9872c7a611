require("node:http").createServer((request, response) => response.end("tide")).listen(8080);
