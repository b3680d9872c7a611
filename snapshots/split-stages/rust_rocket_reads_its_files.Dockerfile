from rust:1.82-bookworm as build
workdir /site
copy . .
run cargo build --release -p site-server \
	&& strip target/release/site-server

from gcr.io/distroless/cc-debian12
workdir /site
copy --from=build /site/target/release/site-server /site/target/release/site-server
copy --from=build /site/Rocket.toml /site/Rocket.toml
copy --from=build /site/static /site/static
copy --from=build /site/templates /site/templates
env ROCKET_PROFILE=release
expose 8000
cmd ["/site/target/release/site-server"]
