FROM node:20-slim
COPY . .
RUN yarn install --frozen-lockfile
