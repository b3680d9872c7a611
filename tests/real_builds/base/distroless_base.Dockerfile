# tag: gcr.io/distroless/base-debian12:latest
# also: gcr.io/distroless/base:latest
# nonroot: gcr.io/distroless/base-debian12:nonroot gcr.io/distroless/base:nonroot
# set: distroless
FROM imgfix-fetch AS packages
COPY unpack_packages.sh /
RUN /unpack_packages.sh libc6 libssl3 openssl

FROM gcr.io/distroless/static-debian12
COPY --from=packages /out /
LABEL imgfix.standin="gcr.io/distroless/base-debian12: the same Debian packages, unpacked"
