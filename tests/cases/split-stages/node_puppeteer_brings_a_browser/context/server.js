const express = require('express');
const puppeteer = require('puppeteer');

express().get('/', async (request, response) => {
  const browser = await puppeteer.launch({ args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(request.query.url);
  response.type('png').send(await page.screenshot());
  await browser.close();
}).listen(3000);
