FROM debian:bookworm-slim
RUN set -eux; \
    micromamba create -y -p /env -c conda-forge \
        python=3.12 \
        numpy; \
    micromamba clean -ay
CMD ["/env/bin/python"]
