const path = require('node:path');
const express = require('express');

const app = express();
app.use(express.static(path.join(__dirname, '..', 'client', 'build')));
app.get('/api/questions', (_, response) => response.sendFile(path.join(__dirname, 'questions.json')));
app.listen(8080);
