FROM mcr.microsoft.com/dotnet/sdk:8.0
RUN dotnet tool install --tool-path /tools dotnet-counters && dotnet nuget locals all --clear
CMD ["/tools/counters"]
