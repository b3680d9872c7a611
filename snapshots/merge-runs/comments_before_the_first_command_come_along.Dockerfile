FROM debian:bookworm
RUN apt-get update \
 # reads JSON
 && apt-get install -y jq
CMD ["jq"]
