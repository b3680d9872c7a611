FROM amazonlinux:2
RUN yum -y update && \
    yum -y install tar gzip && \
    yum clean all
CMD ["bash"]
