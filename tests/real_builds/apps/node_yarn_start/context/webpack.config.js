const path = require('path');

module.exports = {
  entry: './client/board.js',
  output: { path: path.join(__dirname, 'public'), filename: 'board.js' },
};
