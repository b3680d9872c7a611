const assert = require('assert');
const { departures } = require('../src/departures');

describe('departures', () => {
  it('filters by line', () => assert.strictEqual(departures('12').length, 2));
});
