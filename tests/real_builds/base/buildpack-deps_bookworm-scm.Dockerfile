# tag: buildpack-deps:bookworm-scm
# also: buildpack-deps:scm
# set: buildpack
FROM buildpack-deps:bookworm-curl
RUN apt-get update \
    && apt-get install -y --no-install-recommends git mercurial openssh-client procps subversion \
    && rm -rf /var/lib/apt/lists/*
LABEL imgfix.standin="buildpack-deps:bookworm-scm: the same packages"
