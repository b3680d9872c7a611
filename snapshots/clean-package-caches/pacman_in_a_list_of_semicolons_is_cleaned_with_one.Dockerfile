FROM archlinux:base-devel
RUN set -eux; \
    pacman -Syu --noconfirm --needed \
        git \
        cmake; \
    rm -rf /var/cache/pacman/pkg/*
CMD ["git", "--version"]
