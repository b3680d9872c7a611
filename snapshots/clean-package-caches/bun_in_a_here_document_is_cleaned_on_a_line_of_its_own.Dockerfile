FROM node:20-slim
COPY . .
RUN <<EOF
set -eu
bun ci
bun run build
rm -rf /root/.bun/install/cache
EOF
CMD ["node", "server.js"]
