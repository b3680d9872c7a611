FROM php:8.3-cli
COPY . .
RUN composer install --no-dev && \
    composer clear-cache
CMD ["php", "index.php"]
