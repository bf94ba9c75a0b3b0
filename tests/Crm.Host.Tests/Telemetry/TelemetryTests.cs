using System.Collections.Concurrent;
using System.Text;
using Crm.Testing;
using Crm.Workflows.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Host.Tests.Telemetry;

internal sealed class TelemetryTests
{
    [Test]
    public async Task Figures_of_sops_and_steps_reach_the_collector_that_the_environment_names()
    {
        await using var collector = await Collector.StartAsync();
        await using (var crm = await TestCrm.StartAsync(o =>
        {
            o.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url;
            o.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        }))
        {
            await crm.RunAsync(s => s.GetRequiredService<IShippedSops>().PublishAsync(["lead-assignment"], default));
            await crm.Admin.CreateAsync("leads", new { name = "王先生", region = "east" });
            await crm.RunDueAsync();
        }
        var (paths, said) = (collector.Received.Select(r => r.Path).Distinct(), string.Concat(collector.Received.Select(r => r.Text)));
        paths.ShouldBe(["/v1/metrics"]);
        foreach (var name in new[] { "crm.runs.started", "crm.turns", "crm.steps", "crm.step.duration", "lead-assignment" }) said.ShouldContain(name);
    }

    /// <summary>What an OpenTelemetry collector does at its HTTP door: takes everything.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication app;

        private Collector(WebApplication app) => this.app = app;

        public ConcurrentQueue<(string Path, string Text)> Received { get; } = [];
        public string Url => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector.app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                collector.Received.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
            });
            await collector.app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
