FROM registry.example/base:1
COPY --chown=1000:1000 start.sh /usr/local/bin/
CMD ["start.sh"]
