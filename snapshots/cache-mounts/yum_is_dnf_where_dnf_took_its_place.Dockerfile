# syntax=docker/dockerfile:1
FROM rockylinux:9
RUN --mount=type=cache,id=yum-rockylinux9,target=/var/cache/dnf,sharing=locked \
    yum install -y git
CMD ["git"]
