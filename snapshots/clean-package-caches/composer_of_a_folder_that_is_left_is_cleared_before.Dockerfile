FROM php:8.3-cli
COPY . /srv
RUN cd /srv && php composer.phar install && php composer.phar clear-cache && cd /
CMD ["php", "/srv/index.php"]
