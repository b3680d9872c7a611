FROM golang:1.22-alpine AS build

RUN apk update && apk add --no-cache git build-base

WORKDIR /app

COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o server ./cmd/server
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o migrate ./cmd/migrate
RUN chmod +x docker-entrypoint.sh

FROM alpine:3.21
RUN addgroup -S stock && adduser -S -G stock stock
WORKDIR /app
COPY --from=build /app/migrate /app/migrate
COPY --from=build /app/server /app/server
COPY --from=build /app/db /app/db
COPY --from=build /app/docker-entrypoint.sh /app/docker-entrypoint.sh

ENV DATABASE_URL="" \
    CGO_CFLAGS="-O2"

USER stock
HEALTHCHECK CMD wget -q -O- http://localhost:8090/up || exit 1
EXPOSE 8090

ENTRYPOINT ["/app/docker-entrypoint.sh"]
