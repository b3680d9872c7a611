FROM debian:bookworm AS build
RUN apt-get update && \
    apt-get install -y gcc libc6-dev
COPY tool.c .
RUN gcc tool.c -o /opt/tool

FROM debian:bookworm-slim
COPY --from=build /opt/tool /opt/tool
CMD ["/opt/tool"]
