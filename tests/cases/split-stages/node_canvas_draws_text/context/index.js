const {createCanvas}=require('@napi-rs/canvas'); createCanvas(1,1).getContext('2d').fillText('a',1,1);
