FROM mcr.microsoft.com/dotnet/sdk:8.0
COPY . .
RUN set -e; \
    dotnet restore; \
    dotnet publish --no-restore -o /app; \
    dotnet nuget locals all --clear
CMD ["/app/service"]
