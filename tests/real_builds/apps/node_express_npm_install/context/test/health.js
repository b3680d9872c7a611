const request = require('supertest');
const app = require('../server');

describe('health', () => {
  it('answers ok', () => request(app).get('/health').expect(200, { status: 'ok' }));
});
