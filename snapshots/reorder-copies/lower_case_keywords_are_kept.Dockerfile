from node:20-slim
workdir /app
copy package.json package-lock.json ./
run npm ci
copy . .
cmd ["node", "src/index.js"]
