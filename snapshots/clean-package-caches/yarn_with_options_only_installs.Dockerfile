FROM node:20-slim
COPY . .
RUN yarn --cwd web --pure-lockfile && yarn --cwd web build && rm -rf /usr/local/share/.cache/yarn
CMD ["node", "server.js"]
