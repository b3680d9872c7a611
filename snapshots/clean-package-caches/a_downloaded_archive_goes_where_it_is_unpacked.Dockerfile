FROM debian:bookworm
ARG VERSION=1.2
RUN curl -fsSLo /tmp/tool-$VERSION.tar.gz https://example.org/tool-$VERSION.tar.gz \
 && tar -xzf /tmp/tool-$VERSION.tar.gz -C /opt \
 && rm /tmp/tool-$VERSION.tar.gz \
 && ln -s /opt/tool/bin/tool /usr/local/bin/tool
CMD ["tool"]
