FROM debian:bookworm
RUN apt-get update && \
    apt-get install -y jq tree && \
    # an editor
    apt-get install -y vim nano
CMD ["jq"]
