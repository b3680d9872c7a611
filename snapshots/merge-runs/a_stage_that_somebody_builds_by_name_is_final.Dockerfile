FROM debian:bookworm AS build
RUN wget https://example.org/tool.tgz -O /tmp/tool.tgz && \
    tar -xzf /tmp/tool.tgz -C /opt && rm /tmp/tool.tgz

FROM debian:bookworm-slim
COPY --from=build /opt/tool /opt/tool
CMD ["/opt/tool"]
