const express = require('express');

const app = express();
app.get('/parcels/:id', (request, response) => response.json({ id: request.params.id, state: 'on the road' }));
app.listen(process.env.PORT || 3000);
