FROM rockylinux:9
USER root
RUN yum install -y git && yum clean all
CMD ["git"]
