FROM debian:bookworm
RUN gem update --no-document --system 3.5.0 && gem install --no-document rake
CMD ["rake"]
