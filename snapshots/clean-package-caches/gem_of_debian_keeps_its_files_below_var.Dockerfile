FROM debian:bookworm
RUN gem install --no-document fpm && rm -rf /var/lib/gems/*/cache/*.gem
CMD ["fpm"]
