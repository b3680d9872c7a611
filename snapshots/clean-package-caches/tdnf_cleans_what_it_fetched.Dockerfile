FROM photon:5.0
RUN tdnf install -y openssl && tdnf clean all
CMD ["openssl", "version"]
