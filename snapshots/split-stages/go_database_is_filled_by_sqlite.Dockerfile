FROM golang:1.22 AS build
RUN apt-get update && apt-get install -y sqlite3
WORKDIR /src
COPY . .
RUN sqlite3 /var/lib/tally.db < schema.sql
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /tally .

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y sqlite3
WORKDIR /src
COPY --from=build /tally /tally
COPY --from=build /var/lib/tally.db /var/lib/tally.db
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV DB=/var/lib/tally.db
CMD ["/tally"]
