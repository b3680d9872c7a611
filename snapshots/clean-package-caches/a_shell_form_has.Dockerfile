FROM node:20
RUN npm install -g serve && npm cache clean --force
CMD ["serve"]
