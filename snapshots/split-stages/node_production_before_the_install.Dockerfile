from node:20 as build
env NODE_ENV=production
workdir /remix
copy package*.json ./
run npm ci --include=dev
copy . .
run npm run build
run npm prune --omit=dev

from node:20-slim
env NODE_ENV=production
workdir /remix
copy --from=build /remix /remix
expose 3000
cmd ["npm", "start"]
