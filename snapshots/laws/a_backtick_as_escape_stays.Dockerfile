# escape=`
FROM debian:bookworm
RUN apt-get update && `
    apt-get install -y --no-install-recommends `
      jq `
      tree && `
    rm -rf /var/lib/apt/lists/*
CMD ["jq"]
