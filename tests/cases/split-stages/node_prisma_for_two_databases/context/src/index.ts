import fastify from 'fastify';

const app = fastify({ logger: true });
app.get('/', async () => ({ coins: 12 }));
app.listen({ port: 3000, host: '0.0.0.0' });
