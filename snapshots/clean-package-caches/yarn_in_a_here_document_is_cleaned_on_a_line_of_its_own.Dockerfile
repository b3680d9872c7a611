FROM node:20-slim
COPY . .
RUN <<EOF
set -e
yarn install --frozen-lockfile
yarn build
rm -rf /usr/local/share/.cache/yarn
EOF
CMD ["node", "server.js"]
