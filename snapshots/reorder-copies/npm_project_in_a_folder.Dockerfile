FROM node:20
COPY web/package.json web/package-lock.json web/.npmrc /srv/web/
RUN cd /srv/web && npm ci
COPY . /srv
RUN make
