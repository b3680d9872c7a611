FROM php:8.3-cli
COPY . .
RUN sudo -u www-data composer install --no-dev && sudo -u www-data composer clear-cache
CMD ["php", "index.php"]
