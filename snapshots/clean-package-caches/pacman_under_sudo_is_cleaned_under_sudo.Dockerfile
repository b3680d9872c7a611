FROM archlinux:base
RUN useradd -m app
USER app
RUN sudo pacman -S --noconfirm --needed git && sudo rm -rf /var/cache/pacman/pkg/*
CMD ["git", "--version"]
