FROM php:8.3-cli
COPY . .
RUN curl -sS https://getcomposer.org/installer | php && \
    php composer.phar install --no-dev && \
    php composer.phar clear-cache && \
    rm composer.phar
CMD ["php", "index.php"]
