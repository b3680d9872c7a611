FROM debian:bookworm
RUN apt-get install -y curl && curl -fsSL https://example.org/x.tgz -o /opt/x.tgz && apt-get install -y jq tree
CMD ["jq"]
