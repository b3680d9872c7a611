FROM rockylinux:9
RUN dnf install -y epel-release && \
    dnf install -y --allowerasing curl
CMD ["curl"]
