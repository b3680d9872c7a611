FROM node:20 AS build

# parcels on their way
WORKDIR /srv/parcels
COPY package*.json ./
RUN npm ci --omit=dev

FROM gcr.io/distroless/nodejs20-debian12
WORKDIR /srv/parcels
ENV PATH=$PATH:/nodejs/bin
COPY --from=build /srv/parcels/node_modules /srv/parcels/node_modules
ENTRYPOINT []
COPY . .
EXPOSE 3000
CMD ["node", "server.js"]
