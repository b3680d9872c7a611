FROM ruby:3.2-slim
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle config set --local without test && BUNDLE_FROZEN=true bundle install --jobs 4
COPY . .
