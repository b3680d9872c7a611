FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o site .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/site /app/site
COPY --from=build /app/drafts /app/drafts
COPY --from=build /app/public /app/public
EXPOSE 8080
CMD ["./site"]
