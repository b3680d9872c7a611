import gevent
import requests

print(gevent, requests)
