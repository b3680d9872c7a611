FROM python AS build
RUN mkdir /tpp
COPY . /tpp
WORKDIR /tpp
RUN pip install --prefix=/install -r requirements.txt

FROM python:slim
RUN mkdir /tpp
RUN chmod 777 /tpp
COPY . /tpp
WORKDIR /tpp
COPY --from=build /install /usr/local
CMD ["python", "app.py"]
