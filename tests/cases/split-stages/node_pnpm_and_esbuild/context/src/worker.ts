import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? 'redis://redis');
for (;;) {
  const job = await redis.blpop('jobs', 0);
  console.log(job);
}
