FROM debian:bookworm
COPY Gemfile .
RUN gem install --no-document --file Gemfile
CMD ["rake"]
