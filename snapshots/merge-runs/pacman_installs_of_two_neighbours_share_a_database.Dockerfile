FROM archlinux:base
RUN pacman -Syu --noconfirm git && \
    pacman -S --noconfirm tar
CMD ["git", "--version"]
