FROM composer:2
WORKDIR /srv
COPY . .
RUN composer --no-interaction --working-dir /srv install && composer clear-cache
CMD ["php", "-S", "0.0.0.0:80"]
