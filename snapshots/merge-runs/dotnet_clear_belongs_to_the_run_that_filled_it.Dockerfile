FROM mcr.microsoft.com/dotnet/sdk:8.0
COPY . .
RUN dotnet publish -o /app && \
    dotnet nuget locals all --clear
CMD ["/app/service"]
