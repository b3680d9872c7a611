# syntax=docker/dockerfile:1
FROM amazonlinux:2
RUN --mount=type=cache,id=yum-al2,target=/var/cache/yum,sharing=locked \
    yum install -y git
CMD ["git"]
