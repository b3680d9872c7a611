const express = require('express');
const { simpleGit } = require('simple-git');

express().get('/heads', async (request, response) => {
  response.send(await simpleGit().listRemote(['--heads', request.query.url]));
}).listen(3000);
