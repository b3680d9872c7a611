FROM ubuntu:24.04
RUN gem install --no-document rake
CMD ["rake"]
