FROM golang:1.22 AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends libsqlite3-dev sqlite3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /go/src/rivers
COPY seed.sql ./
RUN sqlite3 /var/lib/rivers.db < seed.sql
COPY go.mod *.go ./
RUN go build -o /usr/local/bin/rivers .

FROM debian:bookworm-slim
LABEL maintainer="rivers@example.org"
# The library that the binary is linked with, without its headers and the command line tool.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libsqlite3-0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /go/src/rivers
COPY --from=build /var/lib/rivers.db /var/lib/
COPY --from=build /usr/local/bin/rivers /usr/local/bin/
ENV RIVERS_DB=/var/lib/rivers.db
ENTRYPOINT ["rivers"]
CMD ["-longest", "3"]
