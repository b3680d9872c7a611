FROM node:20
COPY . .
RUN npm ci && npx playwright install chromium && npm cache clean --force
CMD ["npx", "playwright", "test"]
