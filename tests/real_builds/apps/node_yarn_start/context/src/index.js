const path = require('path');
const Koa = require('koa');
const Router = require('@koa/router');
const serve = require('koa-static');
const { departures } = require('./departures');

const app = new Koa();
const router = new Router();

router.get('/departures', (ctx) => {
  ctx.body = departures(ctx.query.line);
});
router.get('/mode', (ctx) => {
  ctx.body = `${process.env.npm_package_name} in ${app.env}`;
});

app.use(serve(path.join(__dirname, '..', 'public')));
app.use(router.routes());
app.listen(8080, () => console.log('board is on'));
