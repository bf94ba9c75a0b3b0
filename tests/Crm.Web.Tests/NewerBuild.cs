using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crm.Web.Tests;

/// <summary>Stands before the host and, when told to, hands out the service worker of a newer build.</summary>
internal sealed class NewerBuild : IAsyncDisposable
{
    private readonly HttpClient client;
    private readonly WebApplication app;

    private NewerBuild(Uri host)
    {
        client = new() { BaseAddress = host };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(PassOnAsync);
    }

    public bool Newer { get; set; }
    public string Url => app.Urls.Single();

    public static async Task<NewerBuild> BeforeAsync(Uri host)
    {
        var build = new NewerBuild(host);
        await build.app.StartAsync();
        return build;
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(context.Request.Path + context.Request.QueryString, UriKind.Relative));
        foreach (var header in new[] { "Cookie", "X-Crm" }) asked.Headers.TryAddWithoutValidation(header, (string?)context.Request.Headers[header]);
        using var answer = await client.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        (context.Response.StatusCode, context.Response.ContentType) = ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString());
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        if (Newer && context.Request.Path == "/sw.js") await context.Response.WriteAsync("\n// newer", context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
    }
}
