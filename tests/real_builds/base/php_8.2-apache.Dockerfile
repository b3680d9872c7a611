# tag: php:8.2-apache
# also: php:8.2-apache-bookworm
# set: php
FROM php:8.2-cli
ENV APACHE_CONFDIR=/etc/apache2 APACHE_ENVVARS=/etc/apache2/envvars
ENV PHP_INI_SCAN_DIR=/etc/php/8.2/apache2/conf.d:/usr/local/etc/php/conf.d
RUN set -eux; \
    apt-get update; \
    apt-get install -y --no-install-recommends apache2 libapache2-mod-php8.2; \
    rm -rf /var/lib/apt/lists/*; \
    # one process to stop, and logs where a container's logs are read
    . "$APACHE_ENVVARS"; \
    ln -sf /dev/stderr "$APACHE_LOG_DIR/error.log"; \
    ln -sf /dev/stdout "$APACHE_LOG_DIR/access.log"; \
    rm -f /var/www/html/index.html; \
    printf '%s\n' '#!/bin/sh' 'set -e' ". $APACHE_ENVVARS" \
        'mkdir -p "$APACHE_RUN_DIR" "$APACHE_LOCK_DIR"' 'rm -f "$APACHE_PID_FILE"' \
        'exec apache2 -DFOREGROUND "$@"' > /usr/local/bin/apache2-foreground; \
    sed -i 's/^case.*/case $1 in -*) set -- apache2-foreground "$@" ;; esac/' /usr/local/bin/docker-php-entrypoint; \
    chmod +x /usr/local/bin/apache2-foreground; \
    apache2ctl -M 2>/dev/null | grep -q php_module
LABEL imgfix.standin="php:8.2-apache: Debian's Apache and PHP 8.2; without docker-php-ext-install and pecl"
STOPSIGNAL SIGWINCH
WORKDIR /var/www/html
EXPOSE 80
CMD ["apache2-foreground"]
