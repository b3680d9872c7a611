import express from 'express';
import { readFileSync } from 'fs';

const app = express();
app.set('views', './views');
app.set('view engine', 'ejs');
app.use(express.static('public'));
const words = JSON.parse(readFileSync(`locales/${process.env.MENU_LANG}.json`, 'utf8'));
app.get('/', (_: any, response: any) => response.render('menu', { words }));
app.listen(3000);
