FROM ruby:3.3
COPY Gemfile Gemfile.lock ./
RUN gem install bundler -v 2.5.0 \
 && bundle install \
 && rm -rf /usr/local/bundle/cache/*.gem
CMD ["bundle", "exec", "puma"]
