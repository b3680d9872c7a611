require('ms')('1h')
