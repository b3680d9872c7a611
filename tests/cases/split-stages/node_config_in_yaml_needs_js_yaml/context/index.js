const a=require('express')(); const c=require('config');
