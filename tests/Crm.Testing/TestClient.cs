using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Crm.Shared.Data;
using Shouldly;

namespace Crm.Testing;

/// <summary>An answer of the API.</summary>
public sealed record TestAnswer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
    /// <summary>The problem's code, null where it is none.</summary>
    public string? Code => Text.StartsWith('{') && Json.TryGetProperty("code", out var code) ? code.GetString() : null;
    /// <summary>Codes of the wrong fields by field.</summary>
    public Dictionary<string, string> Errors => Json.TryGetProperty("errors", out var errors)
        ? errors.EnumerateArray().ToDictionary(e => e.GetProperty("field").GetString()!, e => e.GetProperty("code").GetString()!)
        : [];

    public TestAnswer Is(int status, string? code = null)
    {
        ((int)Status).ShouldBe(status, Text);
        if (code is not null) Code.ShouldBe(code, Text);
        return this;
    }
}

/// <summary>One caller of the API over HTTP. Paths are relative to <c>/api/v1/</c>; bodies are objects, or strings of raw JSON.</summary>
public sealed class TestClient(HttpClient http) : IDisposable
{
    public HttpClient Http { get; } = http;
    /// <summary>The signed-in user; empty for strangers.</summary>
    public Guid UserId { get; internal set; }

    public async Task<JsonElement> GetJson(string path, int status = 200) => (await SendAsync(HttpMethod.Get, path)).Is(status).Json;
    /// <param name="status">0 for any success.</param>
    public Task<JsonElement> PostJson(string path, object? body = null, int status = 0) => WriteAsync(HttpMethod.Post, path, body, status);
    public Task<JsonElement> PatchJson(string path, object body, int status = 0) => WriteAsync(HttpMethod.Patch, path, body, status);
    public Task<JsonElement> PutJson(string path, object body, int status = 0) => WriteAsync(HttpMethod.Put, path, body, status);
    public async Task DeleteJson(string path, int status = 204) => (await SendAsync(HttpMethod.Delete, path)).Is(status);

    /// <summary>Id of what a create answered.</summary>
    public async Task<Guid> CreateAsync(string plural, object body) => (await PostJson(plural, body, 201)).GetProperty("id").GetGuid();

    public async Task<TestAnswer> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path);
        if (method != HttpMethod.Get) request.Headers.Add("X-Crm", "1");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is HttpContent content) request.Content = content;
        else if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, Stored.Json), Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    private async Task<JsonElement> WriteAsync(HttpMethod method, string path, object? body, int status)
    {
        var answer = await SendAsync(method, path, body);
        if (status != 0) answer.Is(status);
        else ((int)answer.Status).ShouldBeInRange(200, 299, answer.Text);
        return answer.Text.Length == 0 ? default : answer.Json;
    }

    public void Dispose() => Http.Dispose();
}
