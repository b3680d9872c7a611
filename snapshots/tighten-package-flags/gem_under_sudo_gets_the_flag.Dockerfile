FROM ubuntu:24.04
USER app
RUN sudo gem install --no-document bundler
CMD ["bundle"]
