FROM php:8.3-apache
RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev
COPY . /var/www/html
CMD ["apache2-foreground"]
