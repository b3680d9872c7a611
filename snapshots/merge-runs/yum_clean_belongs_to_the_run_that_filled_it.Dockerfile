FROM amazonlinux:2
RUN yum install -y tar && \
    yum clean all
CMD ["bash"]
