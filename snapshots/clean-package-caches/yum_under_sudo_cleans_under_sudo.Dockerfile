FROM amazonlinux:2
RUN useradd app && echo "app ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers
USER app
RUN sudo yum install -y tar && sudo yum clean all
CMD ["bash"]
