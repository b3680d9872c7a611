# tag: gcr.io/distroless/cc-debian12:latest
# also: gcr.io/distroless/cc:latest
# nonroot: gcr.io/distroless/cc-debian12:nonroot gcr.io/distroless/cc:nonroot
# set: distroless
FROM imgfix-fetch AS packages
COPY unpack_packages.sh /
RUN /unpack_packages.sh gcc-12-base libgcc-s1 libgomp1 libstdc++6

FROM gcr.io/distroless/base-debian12
COPY --from=packages /out /
LABEL imgfix.standin="gcr.io/distroless/cc-debian12: the same Debian packages, unpacked"
