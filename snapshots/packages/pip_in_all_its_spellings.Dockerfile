FROM python:3.12
RUN pip3 install --no-cache-dir flask
RUN pip3.12 install --no-cache-dir -r requirements.txt
RUN python -m pip install --no-cache-dir --upgrade flask
RUN python3.12 -m pip wheel --no-cache-dir -w /wheels flask
RUN /usr/local/bin/pip install --no-cache-dir "flask<4"
CMD ["python3"]
