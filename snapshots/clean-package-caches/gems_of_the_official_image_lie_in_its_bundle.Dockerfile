FROM ruby:3.3
RUN gem install rake && rm -rf /usr/local/bundle/cache/*.gem
CMD ["rake"]
