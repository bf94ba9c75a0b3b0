using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Crm.Host;

/// <summary>Sends the host's metrics to a collector where OTEL_EXPORTER_OTLP_ENDPOINT names one; without it nothing listens, and measuring costs next to nothing.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static readonly string[] Watched = ["Crm.Workflows", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[Endpoint] is not { Length: > 0 } endpoint) return;
        var overHttp = configuration[Protocol] == "http/protobuf";
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("crm", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
            .AddMeter(Watched)
            // From milliseconds to weeks: buckets that grow with the value.
            .AddView(instrument => instrument is Histogram<double> && instrument.Meter.Name == Watched[0] ? new Base2ExponentialBucketHistogramConfiguration() : null)
            .AddOtlpExporter(o =>
            {
                o.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
                o.Endpoint = new Uri(overHttp ? endpoint.TrimEnd('/') + "/v1/metrics" : endpoint);
            })
            .Build());
        services.AddHostedService<Listening>();
    }

    /// <summary>Makes the provider when the host starts; what is still to be sent goes out when the host ends and disposes it.</summary>
    private sealed class Listening(MeterProvider provider) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken)
        {
            provider.ForceFlush(5000);
            return Task.CompletedTask;
        }
    }
}
