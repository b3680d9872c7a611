# tag: ruby:3.1
# also: ruby:3.1-bookworm
# set: ruby
FROM buildpack-deps:bookworm
RUN set -eux; \
    apt-get update; \
    # ruby-dev: the public image can compile gems
    apt-get install -y --no-install-recommends ruby ruby-dev bundler rake; \
    rm -rf /var/lib/apt/lists/*; \
    for p in ruby gem bundle bundler irb erb rake rdoc ri; do ln -s "/usr/bin/$p" "/usr/local/bin/$p"; done
ENV LANG=C.UTF-8 RUBY_VERSION=3.1.2 GEM_HOME=/usr/local/bundle
ENV BUNDLE_SILENCE_ROOT_WARNING=1 BUNDLE_APP_CONFIG=$GEM_HOME PATH=$GEM_HOME/bin:$PATH
RUN mkdir "$GEM_HOME" && chmod 1777 "$GEM_HOME" && ruby --version && gem --version && bundle --version
LABEL imgfix.standin="ruby:3.1: Debian's Ruby 3.1 with its bundler, rake and headers"
CMD ["irb"]
