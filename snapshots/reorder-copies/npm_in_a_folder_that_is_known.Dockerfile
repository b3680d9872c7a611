FROM node:20
ENV DIR=/srv
WORKDIR $DIR
COPY package.json package-lock.json /srv/
RUN npm ci
COPY . /srv
RUN make
