# tag: gcr.io/distroless/nodejs20-debian12:latest
# also: gcr.io/distroless/nodejs20:latest
# nonroot: gcr.io/distroless/nodejs20-debian12:nonroot gcr.io/distroless/nodejs20:nonroot
# set: distroless
FROM gcr.io/distroless/cc-debian12
COPY --from=imgfix-node-tree:20 /usr/local/bin/node /nodejs/bin/node
LABEL imgfix.standin="gcr.io/distroless/nodejs20-debian12: cc-debian12 and upstream's Node 20"
ENTRYPOINT ["/nodejs/bin/node"]
