FROM alpine:3.20
RUN apk add --no-cache ruby \
 && gem install --no-document fpm \
 && rm -rf /usr/lib/ruby/gems/*/cache/*.gem
CMD ["fpm"]
