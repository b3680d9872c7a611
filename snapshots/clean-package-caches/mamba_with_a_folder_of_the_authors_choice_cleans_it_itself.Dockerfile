FROM condaforge/mambaforge
ENV CONDA_PKGS_DIRS=/var/pkgs
RUN mamba env update -n base -f /env.yml && mamba clean -ay
CMD ["python"]
