module.exports = {
  apps: [
    { name: 'web', script: 'server.js' },
    { name: 'mails', script: 'bin/mails.sh', interpreter: 'bash' },
  ],
};
