FROM mcr.microsoft.com/dotnet/sdk:8.0
COPY . .
RUN dotnet publish -c Release -r linux-x64 --self-contained -o /app && \
    dotnet nuget locals all --clear
CMD ["/app/service"]
