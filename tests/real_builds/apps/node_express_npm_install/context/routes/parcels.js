const { Router } = require('express');

const parcels = new Map([
  ['A1', { id: 'A1', at: 'depot' }],
  ['B2', { id: 'B2', at: 'on the road' }],
]);

const router = Router();
router.get('/', (req, res) => res.json([...parcels.values()]));
router.get('/:id', (req, res) => {
  const parcel = parcels.get(req.params.id);
  if (parcel) res.json(parcel);
  else res.status(404).json({ error: 'no such parcel' });
});

module.exports = router;
