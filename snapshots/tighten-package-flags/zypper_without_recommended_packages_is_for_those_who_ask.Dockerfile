FROM opensuse/leap:15.6
RUN zypper -n in --no-recommends git && zypper clean -a
CMD ["git", "--version"]
