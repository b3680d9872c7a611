FROM python:3.12-slim
RUN python -m pip install --no-cache-dir pdm && \
    python -m pdm -p /srv sync && \
    rm -rf /root/.cache/pdm
CMD ["python3", "-m", "app"]
