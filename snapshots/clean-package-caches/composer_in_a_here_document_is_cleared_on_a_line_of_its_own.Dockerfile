FROM php:8.3-cli
COPY . .
RUN <<EOF
set -e
  composer install --no-dev
  composer clear-cache
EOF
CMD ["php", "index.php"]
