FROM node:20-alpine3.19 AS build

RUN apk add --no-cache \
	g++ \
	make \
	python3 \
	tini

WORKDIR /srv/scores
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:20-alpine3.19
RUN apk add --no-cache tini
WORKDIR /srv/scores
COPY package.json package-lock.json .npmrc ./
COPY --from=build /srv/scores/node_modules /srv/scores/node_modules
COPY lib ./lib
COPY bin ./bin

RUN addgroup -g 2000 scores && adduser -D -u 2000 -G scores scores \
	&& mkdir /scores && chown scores:scores /scores
USER scores
VOLUME ["/scores"]

ENTRYPOINT ["/sbin/tini", "--", "node"]
CMD ["bin/scores.js", "--db", "/scores/scores.db"]
