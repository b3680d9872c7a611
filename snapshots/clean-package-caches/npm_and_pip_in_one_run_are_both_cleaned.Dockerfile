FROM node:20
RUN npm install -g serve && \
    npm cache clean --force && \
    pip install mkdocs && \
    rm -rf /root/.cache/pip
CMD ["serve"]
