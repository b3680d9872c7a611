FROM node:20-slim
COPY . .
RUN npm ci; npm run build && npm cache clean --force
CMD ["node", "dist/server.js"]
