using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Crm.Testing;

/// <summary>One person's program against a host that may be away.</summary>
public sealed class HostClient : IDisposable
{
    internal HostClient(Uri address) => Http = new HttpClient(new SocketsHttpHandler { UseCookies = true, PooledConnectionLifetime = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = new Uri(address, "api/v1/"),
        Timeout = TimeSpan.FromSeconds(20),
        DefaultRequestHeaders = { { "X-Crm", "1" } },
    };

    public HttpClient Http { get; }

    /// <param name="body">An object, or what makes the content anew for each try.</param>
    /// <exception cref="RefusedException">The host answered, and refused.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body switch
            {
                null => null,
                Func<HttpContent> make => make(),
                _ => JsonContent.Create(body),
            },
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new RefusedException(response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <summary>As a careful program does: the same request, under the same key, until there is an answer. Null where the answer is no, or the program may stop.</summary>
    public async Task<JsonElement?> InsistAsync(HttpMethod method, string path, object? body, CancellationToken stop, string? key = null)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                return await SendAsync(method, path, body, key);
            }
            catch (RefusedException refused) when (refused.Status is HttpStatusCode.Conflict or HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            {
                return null;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or RefusedException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
        return null;
    }

    internal async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await Http.GetAsync("health");
            return response.StatusCode != HttpStatusCode.NotFound;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>The host answered, and refused.</summary>
public sealed class RefusedException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
