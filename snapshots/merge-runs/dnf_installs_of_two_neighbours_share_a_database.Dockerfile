FROM fedora:41
RUN dnf install -y git tar gzip
CMD ["bash"]
