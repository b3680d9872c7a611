FROM elixir:1.16 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY mix.exs mix.lock ./
RUN mix local.hex --force && mix deps.get --only prod
COPY . .
RUN mix release

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libncurses6 libssl3 locales \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV GREETING="good day"
ENV LANG=C.UTF-8
COPY --from=build /app/_build/prod/rel/tide /app/_build/prod/rel/tide
# the tide
EXPOSE 4000
ENTRYPOINT ["/app/_build/prod/rel/tide/bin/tide", "start"]
