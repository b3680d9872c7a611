# tag: gcr.io/distroless/python3-debian12:latest
# also: gcr.io/distroless/python3:latest
# nonroot: gcr.io/distroless/python3-debian12:nonroot gcr.io/distroless/python3:nonroot
# set: distroless
FROM imgfix-fetch AS packages
COPY unpack_packages.sh /
RUN /unpack_packages.sh python3.11-minimal libpython3.11-minimal libpython3.11-stdlib libbz2-1.0 libcom-err2 \
        libcrypt1 libdb5.3 libexpat1 libffi8 libgssapi-krb5-2 libk5crypto3 libkeyutils1 libkrb5-3 libkrb5support0 \
        liblzma5 libncursesw6 libnsl2 libreadline8 libsqlite3-0 libtinfo6 libtirpc3 libuuid1 zlib1g \
    && ln -s python3.11 /out/usr/bin/python3 \
    && ln -s python3.11 /out/usr/bin/python

FROM gcr.io/distroless/cc-debian12
COPY --from=packages /out /
LABEL imgfix.standin="gcr.io/distroless/python3-debian12: the same Debian packages, unpacked"
ENTRYPOINT ["/usr/bin/python3.11"]
