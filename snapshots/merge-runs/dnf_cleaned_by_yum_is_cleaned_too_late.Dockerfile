FROM rockylinux:9
RUN dnf install -y git && \
    yum clean all
CMD ["git"]
