FROM opensuse/leap:15.6
RUN set -euo pipefail; \
    zypper -n install git; \
    mkdir /srv/app; \
    zypper clean -a
CMD ["bash"]
