FROM python:3.12-slim
RUN <<EOF
set -e
pip install --no-cache-dir uv
uv pip install --no-cache --system flask
EOF
CMD ["flask", "run"]
