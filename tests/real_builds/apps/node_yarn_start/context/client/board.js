import { row } from './row';

fetch('/departures')
  .then((answer) => answer.json())
  .then((list) => document.body.append(...list.map(row)));
