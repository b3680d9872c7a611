FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends dirmngr gnupg && rm -rf /var/lib/apt/lists/*
RUN gpg --batch --keyserver keys.example.org --recv-keys 0123456789ABCDEF
CMD ["gpg", "--list-keys"]
