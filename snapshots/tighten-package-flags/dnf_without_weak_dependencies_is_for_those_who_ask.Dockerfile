FROM fedora:41
RUN dnf -y install --setopt=install_weak_deps=False nginx && dnf clean all
CMD ["nginx", "-g", "daemon off;"]
