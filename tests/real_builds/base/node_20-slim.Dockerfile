# tag: node:20-slim
# also: node:slim node:20-bookworm-slim node:lts-slim
# set: node
FROM debian:bookworm-slim
RUN groupadd --gid 1000 node \
    && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
ENV NODE_VERSION=20.20.2 YARN_VERSION=1.22.22
COPY --from=imgfix-node-tree:20 / /
RUN node --version && npm --version && yarn --version && rm -rf /root/.npm
LABEL imgfix.standin="node:20-slim: upstream's Node 20 from the npm registry"
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
