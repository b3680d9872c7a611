FROM golang:1.22-bookworm AS build
COPY . /go/src/crc
RUN cd /go/src/crc && go build -o /go/bin/crc .

FROM debian:bookworm-slim
WORKDIR /go
ENV PATH=/go/bin:$PATH
COPY --from=build /go/bin/crc /go/bin/crc
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /go/src/crc/tables /go/src/crc/tables
# reads ./tables below the working folder
COPY tables /go/tables
CMD ["crc"]
