FROM registry.access.redhat.com/ubi9/ubi-minimal
RUN microdnf update -y \
 && microdnf install -y tar \
 && microdnf clean all
CMD ["bash"]
