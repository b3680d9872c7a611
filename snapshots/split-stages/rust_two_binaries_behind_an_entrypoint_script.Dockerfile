FROM rust:1.82-slim-bookworm AS build
WORKDIR /usr/src/ledger
COPY . .
RUN cargo build --release --bins
RUN cp target/release/migrate target/release/ledger /usr/local/bin/
COPY docker/entrypoint.sh /entrypoint.sh
RUN chmod +x /entrypoint.sh

FROM debian:bookworm-slim
WORKDIR /usr/src/ledger
COPY --from=build /usr/local/bin/migrate /usr/local/bin/migrate
COPY --from=build /usr/local/bin/ledger /usr/local/bin/ledger
COPY --from=build /entrypoint.sh /entrypoint.sh
COPY --from=build /usr/src/ledger/docker /usr/src/ledger/docker
ENV LEDGER_DIR=/var/lib/ledger
RUN groupadd -r ledger && useradd -r -g ledger ledger && mkdir -p /var/lib/ledger && chown ledger:ledger /var/lib/ledger
USER ledger
# migrates first
ENTRYPOINT ["/entrypoint.sh"]
CMD ["ledger"]
