FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates chromium fonts-liberation fonts-noto fonts-noto-cjk fonts-noto-cjk-extra fonts-noto-color-emoji fonts-noto-extra fonts-noto-mono fonts-noto-ui-core fonts-noto-ui-extra fonts-noto-unhinted
