FROM golang:1.22 AS build
WORKDIR /go/src/timetable
# The module that go.mod replaces by a folder has to be there too.
COPY go.mod ./
COPY clock/go.mod clock/
RUN go mod download
COPY main.go ./
COPY clock clock
# Package net would link libc where a C compiler is found, and the image below has none.
RUN CGO_ENABLED=0 go install -v ./...

# It has the time zones that the program would otherwise find in Go's own folder.
FROM gcr.io/distroless/static-debian12
ENV APP_HOME=/go/src/timetable
WORKDIR $APP_HOME
# /go/bin is in no PATH here.
COPY --from=build /go/bin/timetable /usr/local/bin/
COPY assets assets
COPY templates templates
COPY departures.txt ./
ENV PORT=8492
EXPOSE 8492
CMD ["timetable"]
