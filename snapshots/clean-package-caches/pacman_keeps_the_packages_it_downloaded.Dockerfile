FROM archlinux:base
RUN pacman -Syu --noconfirm git && rm -rf /var/cache/pacman/pkg/*
CMD ["git", "--version"]
