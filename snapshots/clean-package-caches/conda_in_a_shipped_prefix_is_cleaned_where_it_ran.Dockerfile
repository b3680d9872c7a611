FROM continuumio/miniconda3 AS build
RUN conda create -y -n app python && conda clean -ay

FROM debian:bookworm-slim
COPY --from=build /opt /opt
CMD ["/opt/conda/envs/app/bin/python"]
