FROM python:3.12-bookworm AS build

ENV MODEL=/models/tides.txt

WORKDIR /app
COPY requirements.txt /app/
RUN pip install -r requirements.txt && pip check
RUN pip uninstall -y pip

FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/*
ENV MODEL=/models/tides.txt
WORKDIR /app
COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
COPY --from=build /usr/local/bin /usr/local/bin

COPY models/ /models/
COPY predict.py /app/
EXPOSE 9100
ENTRYPOINT python predict.py --port 9100 $PREDICT_OPTIONS
