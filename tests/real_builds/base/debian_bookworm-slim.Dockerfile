# tag: debian:bookworm-slim
# also: debian:12-slim debian:stable-slim
# set: debian
# context: debian_root.sh
FROM scratch
ADD slim.tar /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LABEL imgfix.standin="debian:bookworm-slim: the same packages and settings, made by mmdebstrap"
CMD ["bash"]
