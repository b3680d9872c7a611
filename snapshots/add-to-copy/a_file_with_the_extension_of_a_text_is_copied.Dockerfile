FROM debian:bookworm-slim
# How the service starts.
COPY --chown=1000:1000 start.sh /usr/local/bin/
copy nginx.conf.template	/etc/nginx/
Copy target/app.jar /opt/app.jar
CMD ["start.sh"]
