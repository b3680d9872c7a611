FROM golang:1.22 AS build
ARG VERSION=1.4.0
WORKDIR /srv/numerals
COPY go.mod Makefile ./
COPY vendor vendor
COPY *.go ./
RUN make build VERSION=$VERSION

# The entry point is a shell script.
FROM debian:bookworm-slim
RUN useradd --create-home --uid 1500 numerals
ENV APP=/srv/numerals
WORKDIR $APP
COPY --chmod=755 docker-entrypoint.sh ./
COPY --from=build /srv/numerals/bin/numerals /usr/bin/
USER numerals
ENTRYPOINT ["./docker-entrypoint.sh"]
CMD ["numerals", "--help"]
