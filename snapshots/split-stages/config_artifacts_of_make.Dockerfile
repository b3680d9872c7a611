FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN make tide

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/tide /app/tide
COPY --from=build /app/pages /app/pages
CMD ["./tide"]
