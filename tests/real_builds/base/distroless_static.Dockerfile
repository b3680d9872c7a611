# tag: gcr.io/distroless/static-debian12:latest
# also: gcr.io/distroless/static:latest
# nonroot: gcr.io/distroless/static-debian12:nonroot gcr.io/distroless/static:nonroot
# set: distroless
FROM imgfix-fetch AS packages
COPY unpack_packages.sh /
RUN /unpack_packages.sh base-files media-types netbase tzdata
COPY <<'EOF' /out/etc/passwd
root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
EOF
COPY <<'EOF' /out/etc/group
root:x:0:
nobody:x:65534:
tty:x:5:
staff:x:50:
nonroot:x:65532:
EOF
COPY <<'EOF' /out/etc/nsswitch.conf
hosts: files dns
EOF
RUN set -eux; \
    cd /out; \
    mkdir -p etc/ssl/certs home/nonroot root tmp; \
    cp /etc/ssl/certs/ca-certificates.crt etc/ssl/certs/; \
    chown 65532:65532 home/nonroot; \
    chmod 700 home/nonroot root; \
    chmod 1777 tmp

FROM scratch
COPY --from=packages /out /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
LABEL imgfix.standin="gcr.io/distroless/static-debian12: the same Debian packages, unpacked"
USER 0
WORKDIR /
