# tag: php:8.2-cli
# also: php:8.2 php:8.2-cli-bookworm
# set: php
FROM debian:bookworm-slim
ENV PHPIZE_DEPS="autoconf dpkg-dev file g++ gcc libc-dev make pkg-config re2c" PHP_INI_DIR=/usr/local/etc/php
RUN set -eux; \
    apt-get update; \
    apt-get install -y --no-install-recommends $PHPIZE_DEPS ca-certificates curl xz-utils \
        # the extensions that the public image has compiled in
        php8.2-cli php8.2-curl php8.2-mbstring php8.2-readline php8.2-sqlite3 php8.2-xml; \
    rm -rf /var/lib/apt/lists/*; \
    ln -s /usr/bin/php /usr/local/bin/php; \
    # settings are looked for where the public image has them, after Debian's own
    mkdir -p "$PHP_INI_DIR/conf.d" /var/www/html; \
    chown www-data:www-data /var/www/html; \
    cp /usr/lib/php/8.2/php.ini-development "$PHP_INI_DIR/php.ini-development"; \
    cp /usr/lib/php/8.2/php.ini-production "$PHP_INI_DIR/php.ini-production"
ENV PHP_INI_SCAN_DIR=/etc/php/8.2/cli/conf.d:/usr/local/etc/php/conf.d PHP_VERSION=8.2
# options alone are meant for php, as in the public image
RUN printf '%s\n' '#!/bin/sh' 'set -e' 'case $1 in -*) set -- php "$@" ;; esac' 'exec "$@"' \
        > /usr/local/bin/docker-php-entrypoint; \
    chmod +x /usr/local/bin/docker-php-entrypoint; \
    php --version; php -m | grep -qx mbstring
LABEL imgfix.standin="php:8.2-cli: Debian's PHP 8.2; without docker-php-ext-install and pecl"
ENTRYPOINT ["docker-php-entrypoint"]
CMD ["php", "-a"]
