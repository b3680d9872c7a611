FROM opensuse/tumbleweed
RUN zypper -n in git && zypper clean -a
CMD ["git", "--version"]
