using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Workflows.Tests.Runtime;

/// <summary>One call that came in.</summary>
internal sealed record Call(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A real server on this machine that keeps what it is sent and answers as told.</summary>
internal sealed class Outside : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(int Status, string Body)> answers = new();

    private Outside(WebApplication app) => this.app = app;

    public ConcurrentQueue<Call> Calls { get; } = new();
    public string Url => app.Urls.First();

    public static async Task<Outside> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var outside = new Outside(app);
        app.Run(outside.TakeAsync);
        await app.StartAsync();
        return outside;
    }

    /// <summary>The next answers, in order; afterwards 200 and nothing.</summary>
    public Outside Answers(params (int Status, string Body)[] next)
    {
        foreach (var answer in next) answers.Enqueue(answer);
        return this;
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        Calls.Enqueue(new(http.Request.Method, http.Request.Path.Value ?? "", http.Request.QueryString.ToString(), http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync()));
        var (status, body) = answers.TryDequeue(out var next) ? next : (200, "");
        http.Response.StatusCode = status;
        if (status is 301 or 302) http.Response.Headers.Location = body;
        else await http.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
