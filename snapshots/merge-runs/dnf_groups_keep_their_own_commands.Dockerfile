FROM rockylinux:9
RUN dnf -y groupinstall "Development Tools" && \
    dnf -y groupinstall "Legacy UNIX Compatibility"
CMD ["bash"]
