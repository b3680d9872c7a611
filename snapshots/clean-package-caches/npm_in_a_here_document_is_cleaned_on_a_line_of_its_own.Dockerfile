FROM node:20-slim
COPY . .
RUN <<EOF
set -e
npm ci
npm run build
npm cache clean --force
EOF
CMD ["node", "dist/server.js"]
