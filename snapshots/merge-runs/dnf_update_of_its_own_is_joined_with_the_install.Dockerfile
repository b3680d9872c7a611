FROM fedora:41
RUN dnf -y update && \
    dnf -y install git && dnf clean all
CMD ["bash"]
