# tag: golang:1.22-alpine
# also: golang:alpine golang:1-alpine
# set: alpine
FROM alpine:3.23
ENV GOTOOLCHAIN=local GOPATH=/go GOLANG_VERSION=1.22.10
ENV PATH=$GOPATH/bin:/usr/local/go/bin:$PATH
COPY --from=golang:1.22 /usr/local/go /usr/local/go
RUN mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH" && go version
LABEL imgfix.standin="golang:1.22-alpine: upstream's Go 1.22 from PyPI"
WORKDIR $GOPATH
