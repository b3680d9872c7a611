FROM opensuse/leap:15.6
RUN zypper -n in git && \
    zypper clean -a
CMD ["git", "--version"]
