FROM elixir:alpine

COPY . .
RUN apk add --no-cache inotify-tools
