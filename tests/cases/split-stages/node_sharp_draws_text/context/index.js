const s=require('sharp'); s('a.png').composite([{input:Buffer.from('<svg><text font-family="DejaVu Sans">(c)</text></svg>')}]).toFile('b.png');
