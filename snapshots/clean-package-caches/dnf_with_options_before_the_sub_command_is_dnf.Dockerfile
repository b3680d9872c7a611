FROM rockylinux:9
RUN dnf -y --setopt=tsflags=nodocs install \
        httpd \
        mod_ssl && \
    dnf clean all
CMD ["httpd", "-DFOREGROUND"]
