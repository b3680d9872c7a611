FROM debian:bookworm
USER app
RUN sudo npm install -g serve && sudo npm cache clean --force
CMD ["serve"]
