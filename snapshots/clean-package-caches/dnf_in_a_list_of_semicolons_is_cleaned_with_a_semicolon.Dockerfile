FROM almalinux:9
RUN set -eux; \
    dnf install -y java-17-openjdk-headless; \
    java -version; \
    dnf clean all
CMD ["java", "-version"]
