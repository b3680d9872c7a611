FROM node:20
WORKDIR /srv
RUN gosu node npm install && gosu node npm cache clean --force
CMD ["node", "/srv"]
