FROM node:20-slim
COPY . .
RUN npm --prefix api ci & npm --prefix web ci && wait && npm cache clean --force
CMD ["node", "server.js"]
