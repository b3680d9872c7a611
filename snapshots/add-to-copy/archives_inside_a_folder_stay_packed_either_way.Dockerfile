FROM debian:bookworm-slim
WORKDIR /srv
COPY . .
COPY ./vendor/ vendor/
COPY packages/. /opt/packages
