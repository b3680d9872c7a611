import { readFileSync } from 'fs';
import { join } from 'path';
import { Command } from 'commander';
import { load } from 'js-yaml';
import { onDuty, Plan } from './rota';

const manifest = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'));
const program = new Command(manifest.name).description(manifest.description).version(manifest.version);

program
  .command('week <file> <number>')
  .description('print who is on duty in that week')
  .action((file: string, number: string) => {
    const plan = load(readFileSync(file, 'utf8')) as Plan;
    console.log(`week ${number}: ${onDuty(plan, Number(number))}`);
  });

program.parse();
