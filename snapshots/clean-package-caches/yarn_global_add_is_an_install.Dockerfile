FROM node:20-slim
RUN set -eux; \
    yarn global add serve; \
    rm -rf /usr/local/share/.cache/yarn
CMD ["serve"]
