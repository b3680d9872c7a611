FROM debian:bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ant openjdk-17-jdk-headless \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/letters
COPY . .
RUN ant -noinput dist

# The start script wants a shell, and with no LANG the encoding stays what it was.
FROM debian:bookworm-slim
# The runtime's packages link manual pages, whose folder the slim image has not.
RUN mkdir -p /usr/share/man/man1 \
 && apt-get update \
 && apt-get install -y --no-install-recommends openjdk-17-jre-headless \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/letters/dist /opt/letters/dist
WORKDIR /opt/letters/dist
CMD ["./run.sh", "texts/sea.txt"]
