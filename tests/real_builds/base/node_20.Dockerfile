# tag: node:20
# also: node:20-bookworm node:latest node:lts
# set: node
FROM buildpack-deps:bookworm
RUN groupadd --gid 1000 node \
    && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
ENV NODE_VERSION=20.20.2 YARN_VERSION=1.22.22
COPY --from=imgfix-node-tree:20 / /
RUN node --version && npm --version && yarn --version && rm -rf /root/.npm
LABEL imgfix.standin="node:20: upstream's Node 20 from the npm registry"
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
