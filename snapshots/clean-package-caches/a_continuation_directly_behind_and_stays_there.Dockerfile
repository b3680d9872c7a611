FROM node:20
RUN npm install -g express &&\
	npm ls &&\
	npm cache clean --force &&\
	rm -rf /tmp/x
CMD ["node"]
