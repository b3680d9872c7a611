FROM ruby:3.3-slim
WORKDIR /app
COPY Gemfile .ruby-version Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["ruby", "x.rb"]
