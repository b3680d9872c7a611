FROM opensuse/leap:15.6
RUN zypper -n in openSUSE-repos && \
    zypper -n in git
CMD ["git", "--version"]
