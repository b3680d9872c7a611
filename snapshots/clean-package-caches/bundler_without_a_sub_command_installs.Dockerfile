FROM ruby:3.3-slim
COPY Gemfile Gemfile.lock ./
RUN bundle config set --local without 'development test' && bundle && \
    rm -rf /usr/local/bundle/cache/*.gem
CMD ["bundle", "exec", "puma"]
