# syntax=docker/dockerfile:1
FROM node:20
RUN --mount=type=cache,target=/root/.npm npm ci && cp -r /root/npm /srv/npm
CMD ["node", "/srv"]
