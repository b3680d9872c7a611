FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -o tide .

FROM registry.example/base/static:12
WORKDIR /app
COPY --from=build /app/tide /app/tide
CMD ["./tide"]
