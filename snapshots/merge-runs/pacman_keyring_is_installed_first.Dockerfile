FROM archlinux:base
RUN pacman -Sy --noconfirm archlinux-keyring && \
    pacman -Su --noconfirm git
CMD ["git", "--version"]
