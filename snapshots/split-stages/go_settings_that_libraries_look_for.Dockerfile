FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
# hidden files come along too
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o bin/toll ./cmd/toll

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/bin/toll /app/bin/toll
COPY --from=build /app/.env /app/.env
COPY --from=build /app/conf /app/conf
ENV TOLL_LOG=info
EXPOSE 8282
CMD ["./bin/toll", "serve"]
