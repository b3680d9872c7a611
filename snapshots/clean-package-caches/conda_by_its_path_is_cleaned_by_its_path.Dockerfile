FROM continuumio/miniconda3
COPY environment.yml .
RUN /opt/conda/bin/conda env create -f environment.yml && /opt/conda/bin/conda clean -ay
CMD ["conda", "run", "-n", "app", "python"]
