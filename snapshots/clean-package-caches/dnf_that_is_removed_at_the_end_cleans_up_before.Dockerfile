FROM registry.access.redhat.com/ubi9/ubi-minimal
USER root
RUN microdnf install -y dnf && dnf install -y git && dnf clean all && microdnf remove -y dnf
CMD ["git"]
