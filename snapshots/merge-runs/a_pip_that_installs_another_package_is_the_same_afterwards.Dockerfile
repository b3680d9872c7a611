FROM debian:bookworm
RUN wget https://example.org/tool.whl -O /tmp/tool.whl && pip install flask && \
    pip install /tmp/tool.whl && rm /tmp/tool.whl
CMD ["python3"]
