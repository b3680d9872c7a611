FROM debian:bookworm-slim
ARG HOME_OF_APP=/opt
COPY app.py $HOME_OF_APP/app.py
COPY lib/*.py package*.json "$HOME_OF_APP/lib/"
