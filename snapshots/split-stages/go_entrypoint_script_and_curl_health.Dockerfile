FROM golang:1.22-bookworm AS build

ARG APP_UID=10001

# nobody should run a till as root
RUN useradd --uid $APP_UID --no-create-home --shell /usr/sbin/nologin till

WORKDIR /opt/till
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o till . && \
    chmod 0755 scripts/start.sh && \
    mkdir -p /var/lib/till && \
    chown till:till /var/lib/till

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/*
LABEL org.opencontainers.image.title="till" \
      org.opencontainers.image.vendor="Corner Shop"
ARG APP_UID=10001
RUN useradd --uid $APP_UID --no-create-home --shell /usr/sbin/nologin till
WORKDIR /opt/till
COPY --from=build /opt/till/till /opt/till/till
COPY --from=build /opt/till/scripts /opt/till/scripts
COPY --from=build --chown=till:till /var/lib/till /var/lib/till

VOLUME /var/lib/till
EXPOSE 8080

USER till

HEALTHCHECK --interval=20s --timeout=3s \
    CMD curl -fsS http://127.0.0.1:8080/healthz || exit 1

ENTRYPOINT ["/opt/till/scripts/start.sh"]
CMD ["--listen", ":8080"]
