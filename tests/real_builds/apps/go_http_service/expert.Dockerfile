FROM golang:1.22 AS build
WORKDIR /app
COPY go.mod ./
RUN go mod download
COPY *.go ./
# Package net would link libc where a C compiler is found, and the image below has none.
RUN CGO_ENABLED=0 go build -o main .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/main ./
EXPOSE 8491
CMD ["./main"]
