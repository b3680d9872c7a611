FROM registry.access.redhat.com/ubi8/ubi
RUN yum install -y gcc && rm -rf /var/cache/yum && yum clean all
CMD ["gcc"]
