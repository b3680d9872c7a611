import 'dotenv/config';
import path from 'path';
import express from 'express';
import { greeting } from '@/greeting';

const app = express();
app.use(express.static(path.join(__dirname, '..', 'public')));
app.get('/hello', (_: any, response: any) => response.send(greeting));
app.listen(process.env.PORT);
