FROM debian:bookworm

#### SECTION ####
#RUN apt-get install default-jre -y

RUN apt-get update && \
    apt-get install -y vim && \
    apt-get install -y nano
CMD ["vim"]
