arg RUST_VERSION=1.82
from rust:${RUST_VERSION}-slim-bookworm as build
run apt-get update \
	&& apt-get install -y --no-install-recommends cmake g++ \
	&& rm -rf /var/lib/apt/lists/*
workdir /srv/vault
add . .
run cargo build --release --locked

from gcr.io/distroless/cc-debian12
workdir /srv/vault
copy --from=build /srv/vault/target/release/vault /srv/vault/target/release/vault
copy --from=build /srv/vault/certs /srv/vault/certs
env RUST_BACKTRACE 1
expose 8443
cmd ["/srv/vault/target/release/vault"]
