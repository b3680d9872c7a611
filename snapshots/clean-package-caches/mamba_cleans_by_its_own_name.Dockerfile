FROM condaforge/mambaforge
RUN mamba install -y -c conda-forge \
        gdal \
        rasterio && \
    mamba clean -ay
CMD ["python"]
