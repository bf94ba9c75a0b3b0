using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Crm.Testing;

/// <summary>A server outside that takes whatever is posted to it, and counts by idempotency key.</summary>
public sealed class HttpSink : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    public HttpSink()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Calls by path and key.</summary>
    public ConcurrentDictionary<(string Path, string Key), int> Calls { get; } = [];

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                Calls.AddOrUpdate((context.Request.Url!.AbsolutePath, context.Request.Headers["Idempotency-Key"] ?? ""), 1, (_, n) => n + 1);
                context.Response.StatusCode = 204;
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // The caller was killed, or this server stops.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }
}
