FROM debian:bookworm-slim
COPY . /srv
ONBUILD RUN make
