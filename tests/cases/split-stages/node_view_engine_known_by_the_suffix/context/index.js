const a=require('express')(); const c=require('config'); a.set('views','./views'); a.get('/',(q,r)=>r.render('index.pug'));
