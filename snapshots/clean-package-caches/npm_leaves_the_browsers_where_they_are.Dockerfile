FROM node:20
COPY . .
RUN npm ci && npm cache clean --force && npx playwright install chromium
CMD ["npx", "playwright", "test"]
