FROM ruby:3.3
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install --jobs 4 --retry 3 && rm -rf /usr/local/bundle/cache/*.gem
CMD ["bundle", "exec", "puma"]
