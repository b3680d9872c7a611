const path = require('path');
const express = require('express');
const morgan = require('morgan');
const parcels = require('./routes/parcels');

const app = express();
app.use(morgan('tiny'));
app.use(express.static(path.join(__dirname, 'public')));
app.use('/parcels', parcels);
app.get('/health', (req, res) => res.json({ status: 'ok' }));

if (require.main === module) {
  const port = process.env.PORT || 8000;
  app.listen(port, () => console.log(`listening on ${port}`));
}

module.exports = app;
