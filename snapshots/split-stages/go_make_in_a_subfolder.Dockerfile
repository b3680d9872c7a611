FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 make -C build -j4 tally

FROM gcr.io/distroless/static-debian12
WORKDIR /src
COPY --from=build /src/bin/tally /src/bin/tally
CMD ["bin/tally"]
