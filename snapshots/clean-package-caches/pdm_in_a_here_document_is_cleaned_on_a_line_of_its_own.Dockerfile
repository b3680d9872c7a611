FROM python:3.12-slim
COPY . .
RUN <<EOF
set -e
pdm sync --prod
rm -rf /root/.cache/pdm
EOF
CMD ["pdm", "run", "app"]
