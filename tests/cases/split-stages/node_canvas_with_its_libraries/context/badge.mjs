import { createServer } from 'node:http';
import { createCanvas } from 'canvas';

createServer((_, response) => {
  const canvas = createCanvas(120, 20);
  const context = canvas.getContext('2d');
  context.font = '12px "Liberation Sans"';
  context.fillText('build passes', 4, 14);
  response.end(canvas.toBuffer('image/png'));
}).listen(3000);
