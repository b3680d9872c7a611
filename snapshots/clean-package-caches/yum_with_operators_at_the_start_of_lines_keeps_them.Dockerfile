FROM amazonlinux:2
RUN yum install -y \
      tar \
      gzip \
    && mkdir -p /srv/app \
    && yum clean all
CMD ["bash"]
