import k from 'knex'
