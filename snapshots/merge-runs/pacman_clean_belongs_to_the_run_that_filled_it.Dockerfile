FROM archlinux:base
RUN pacman -Syu --noconfirm git && \
    pacman -Scc --noconfirm
CMD ["git", "--version"]
