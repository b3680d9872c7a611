FROM golang:1.23 AS build

WORKDIR /go/src/quote

COPY . .

RUN go get -d -v ./...
RUN CGO_ENABLED=0 go install -trimpath -ldflags="-s -w" -v ./cmd/quote

FROM gcr.io/distroless/static-debian12
WORKDIR /go/src/quote
ENV PATH=/go/bin:$PATH
COPY --from=build /go/bin/quote /go/bin/quote

ENV QUOTE_API=https://quotes.example.org/v1

CMD ["quote"]
