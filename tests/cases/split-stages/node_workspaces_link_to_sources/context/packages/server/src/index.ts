import { rule } from '@repo/rules';

console.log(rule);
