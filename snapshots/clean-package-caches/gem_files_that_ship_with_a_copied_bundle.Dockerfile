FROM ruby:3.3 AS build
COPY Gemfile Gemfile.lock ./
RUN bundle install && rm -rf /usr/local/bundle/cache/*.gem

FROM ruby:3.3-slim
COPY --from=build /usr/local/bundle /usr/local/bundle
CMD ["ruby", "app.rb"]
