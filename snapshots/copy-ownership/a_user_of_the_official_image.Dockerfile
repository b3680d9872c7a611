FROM node:20-bookworm-slim
COPY --chown=node:node start.sh /home/node/
CMD ["start.sh"]
