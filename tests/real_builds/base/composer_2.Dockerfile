# tag: composer:2
# also: composer:latest composer:2.5
# set: php
#
# For `COPY --from=composer:2 /usr/bin/composer`: the public image holds Composer as one file, Debian
# has it as a folder of sources, so they are packed into one file here.
FROM php:8.2-cli AS pack
RUN apt-get update && apt-get install -y --no-install-recommends composer
COPY <<'EOF' /pack/pack.php
<?php
$phar = new Phar('/pack/composer.phar', 0, 'composer.phar');
$phar->buildFromDirectory('/pack/in');
$phar->setStub("#!/usr/bin/env php\n"
    . "<?php Phar::mapPhar('composer.phar'); require 'phar://composer.phar/main.php'; __HALT_COMPILER();");
EOF
# Debian's takes these from php-intl, which public images of PHP have not; names here are ASCII.
COPY <<'EOF' /pack/in/main.php
<?php
if (!class_exists('Normalizer')) {
    class Normalizer
    {
        const NFD = 4, NFKD = 8, NFC = 16, NFKC = 32;
        const FORM_D = 4, FORM_KD = 8, FORM_C = 16, FORM_KC = 32;
        public static function isNormalized($text, $form = 16) { return true; }
        public static function normalize($text, $form = 16) { return $text; }
    }
    function normalizer_is_normalized($text, $form = 16) { return true; }
    function normalizer_normalize($text, $form = 16) { return $text; }
    function grapheme_strlen($text) { return mb_strlen($text); }
    function grapheme_substr($text, $start, $length = null) { return mb_substr($text, $start, $length); }
    function grapheme_strpos($text, $needle, $start = 0) { return mb_strpos($text, $needle, $start); }
}
require __DIR__ . '/bin/composer';
EOF
RUN set -eux; \
    mkdir -p /pack/in/bin /pack/in/share; \
    cp -rL /usr/share/php /pack/in/share/php; \
    sed 1d /usr/bin/composer > /pack/in/bin/composer; \
    php -d phar.readonly=0 /pack/pack.php; \
    chmod 755 /pack/composer.phar

FROM php:8.2-cli
RUN apt-get update \
    && apt-get install -y --no-install-recommends git openssh-client php8.2-zip unzip zip \
    && rm -rf /var/lib/apt/lists/*
ENV COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_HOME=/tmp
COPY --from=pack /pack/composer.phar /usr/bin/composer
RUN composer --version
LABEL imgfix.standin="composer:2: Debian's Composer packed into one file, on Debian (the public one is on Alpine)"
WORKDIR /app
ENTRYPOINT ["docker-php-entrypoint"]
CMD ["composer"]
