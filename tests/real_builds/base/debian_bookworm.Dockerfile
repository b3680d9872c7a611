# tag: debian:bookworm
# also: debian:12 debian:latest debian:stable
# set: debian
# context: debian_root.sh
FROM scratch
ADD root.tar /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LABEL imgfix.standin="debian:bookworm: the same packages and settings, made by mmdebstrap"
CMD ["bash"]
