FROM fedora:41
RUN <<EOF
set -eux
dnf install -y nginx
mkdir -p /srv/www
dnf clean all
EOF
CMD ["nginx", "-g", "daemon off;"]
