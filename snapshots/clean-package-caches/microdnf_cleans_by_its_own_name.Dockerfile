FROM registry.access.redhat.com/ubi9/ubi-minimal
RUN microdnf install -y --nodocs shadow-utils && microdnf clean all
CMD ["bash"]
