import { PrismaClient } from '@prisma/client';
import { createServer } from 'node:http';

const prisma = new PrismaClient();
createServer(async (_, response) => {
  response.end(JSON.stringify(await prisma.booking.findMany()));
}).listen(3000);
