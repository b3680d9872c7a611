FROM debian:bookworm
USER app
RUN sudo gem install --no-document fpm && sudo rm -rf /var/lib/gems/*/cache/*.gem
CMD ["fpm"]
