# tag: ruby:3.1-slim
# also: ruby:3.1-slim-bookworm
# set: ruby
FROM debian:bookworm-slim
RUN set -eux; \
    apt-get update; \
    apt-get install -y --no-install-recommends bzip2 ca-certificates libffi8 libgmp10 libyaml-0-2 procps zlib1g ruby bundler rake; \
    rm -rf /var/lib/apt/lists/*; \
    # the public image has its programs in /usr/local/bin
    for p in ruby gem bundle bundler irb erb rake rdoc ri; do ln -s "/usr/bin/$p" "/usr/local/bin/$p"; done
# where gems go: the public image's own choice, so that a clean-up finds the same folders
ENV LANG=C.UTF-8 RUBY_VERSION=3.1.2 GEM_HOME=/usr/local/bundle
ENV BUNDLE_SILENCE_ROOT_WARNING=1 BUNDLE_APP_CONFIG=$GEM_HOME PATH=$GEM_HOME/bin:$PATH
RUN mkdir "$GEM_HOME" && chmod 1777 "$GEM_HOME" && ruby --version && gem --version && bundle --version
LABEL imgfix.standin="ruby:3.1-slim: Debian's Ruby 3.1 with its bundler and rake"
CMD ["irb"]
