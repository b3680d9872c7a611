const {Client}=require('pg'); new Client({ssl:{ca:require('fs').readFileSync('/etc/ssl/certs/ca-certificates.crt')}});
