# syntax=docker/dockerfile:1
FROM fedora:42
USER root
RUN --mount=type=cache,id=dnf-fedora42,target=/var/cache/libdnf5,sharing=locked \
    dnf install -y git
CMD ["git"]
