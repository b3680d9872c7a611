import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

@Module({})
class App {}

async function start() {
  console.log(readFileSync(join(__dirname, 'mails', 'welcome.txt'), 'utf8'));
  await (await NestFactory.create(App)).listen(3000);
}
start();
