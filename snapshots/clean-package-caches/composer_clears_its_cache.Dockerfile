FROM php:8.3-fpm
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
COPY . .
RUN composer install --no-dev --optimize-autoloader && composer clear-cache
CMD ["php-fpm"]
