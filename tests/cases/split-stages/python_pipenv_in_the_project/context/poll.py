import time

import requests

while True:
    print(requests.get("https://status.example.org/", timeout=10).status_code, flush=True)
    time.sleep(60)
