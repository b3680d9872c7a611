FROM opensuse/leap:15.6
RUN zypper --non-interactive --gpg-auto-import-keys refresh && \
    zypper --non-interactive install --no-recommends git && \
    zypper clean -a
CMD ["git", "--version"]
