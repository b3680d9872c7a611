FROM php:8.3-cli
COPY . .
RUN php -d memory_limit=-1 composer.phar install --no-dev && \
    php -d memory_limit=-1 composer.phar clear-cache
CMD ["php", "index.php"]
