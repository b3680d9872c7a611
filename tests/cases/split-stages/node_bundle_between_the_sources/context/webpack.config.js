const path = require('path');

module.exports = { entry: './client/board.js', output: { path: path.resolve(__dirname, 'public', 'js'), filename: 'board.js' } };
