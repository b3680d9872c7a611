FROM php:8.3-cli
USER www-data
COPY . .
RUN composer install --no-dev && composer clear-cache
CMD ["php", "index.php"]
