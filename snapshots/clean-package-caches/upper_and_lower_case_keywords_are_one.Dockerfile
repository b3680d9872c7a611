from debian:bookworm
run apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*
cmd ["jq"]
