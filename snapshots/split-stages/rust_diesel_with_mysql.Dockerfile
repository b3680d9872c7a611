FROM rust:1.82-bookworm AS build
WORKDIR /usr/src/guestbook
COPY . .
RUN cargo build --release

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libmariadb3 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /usr/src/guestbook
COPY --from=build /usr/src/guestbook/target/release/guestbook /usr/src/guestbook/target/release/guestbook
COPY --from=build /usr/src/guestbook/.env /usr/src/guestbook/.env
COPY --from=build /usr/src/guestbook/migrations /usr/src/guestbook/migrations
RUN useradd --system --no-create-home guest
USER guest
EXPOSE 8008
CMD ["./target/release/guestbook"]
