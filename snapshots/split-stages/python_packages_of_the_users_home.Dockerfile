FROM python:3.12-bookworm AS build
RUN useradd -m -u 1001 parrot
USER parrot
ENV HOME=/home/parrot
WORKDIR /home/parrot/app
COPY --chown=parrot requirements.txt .
RUN pip install --user --no-cache-dir -r requirements.txt

FROM python:3.12-slim-bookworm
RUN useradd -m -u 1001 parrot
USER parrot
ENV HOME=/home/parrot
WORKDIR /home/parrot/app
COPY --from=build --chown=parrot /home/parrot/.local /home/parrot/.local
ENV PATH="/home/parrot/.local/bin:${PATH}"
COPY --chown=parrot . .
CMD ["flask", "run", "--host", "0.0.0.0"]
