FROM debian:bookworm
RUN apt-get update && ln -sf /bin/bash /usr/local/bin/sh5 && \
    apt-get install -y jq
CMD ["app"]
