FROM fedora:41
ONBUILD RUN dnf install -y git && dnf clean all
CMD ["bash"]
