FROM debian:bookworm-slim
RUN --mount=type=cache,target=/c make
COPY --chmod=755 start.sh .
CMD ["start.sh"]
