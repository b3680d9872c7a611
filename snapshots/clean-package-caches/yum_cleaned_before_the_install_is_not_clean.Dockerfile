FROM oraclelinux:8
RUN yum clean all && yum -y install tar && yum clean all
CMD ["bash"]
