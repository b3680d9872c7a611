import os

from celery import Celery

app = Celery("mailer", broker=os.environ.get("BROKER_URL", "redis://redis:6379/0"))


@app.task
def send(to, text):
    print("to", to, len(text))
