FROM node:20
RUN npm install -g serve && \
    pip install mkdocs && \
    npm cache clean --force && \
    rm -rf /root/.cache/pip
CMD ["serve"]
