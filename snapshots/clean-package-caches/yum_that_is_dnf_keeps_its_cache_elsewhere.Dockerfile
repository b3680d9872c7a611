FROM rockylinux:9
RUN yum install -y gcc && rm -rf /var/cache/yum && yum clean all
CMD ["gcc"]
