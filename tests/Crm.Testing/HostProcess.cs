using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Crm.Testing;

/// <summary>The real host as a process of its own, to be killed and started again on the same data.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "crm-kill-" + Guid.NewGuid().ToString("N"));
    private readonly int port = FreePort();
    private readonly HttpClient client;
    private readonly TaskCompletionSource<string> setupSecret = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    public HostProcess() => client = new HttpClient(new SocketsHttpHandler { UseCookies = true, PooledConnectionLifetime = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/"),
        Timeout = TimeSpan.FromSeconds(20),
        DefaultRequestHeaders = { { "X-Crm", "1" } },
    };

    public string Database => Path.Combine(folder, "crm.db");
    public HttpClient Client => client;

    public async Task StartAsync()
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Crm.Host.dll"), "--urls", $"http://127.0.0.1:{port}",
            $"--Crm:DataFolder={folder}", "--Crm:Demo=false", "--Logging:LogLevel:Default=Error",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is { } line && SetupLink().Match(line) is { Success: true } link) setupSecret.TrySetResult(link.Groups[1].Value);
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilAsync(AnswersAsync, "the host to answer");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
    }

    /// <summary>First start: the printed link makes the administrator, who signs in by it.</summary>
    public async Task SetUpAsync() =>
        await SendAsync(HttpMethod.Post, "setup", new { token = await setupSecret.Task.WaitAsync(TimeSpan.FromSeconds(60)), company = "试验公司", name = "管理员", email = "admin@example.com", password = "Kill-Test-2026" });

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new RefusedException(response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <summary>Publishes an SOP that comes with the product.</summary>
    public async Task PublishAsync(string key)
    {
        var shipped = (await SendAsync(HttpMethod.Get, "sops/templates", null)).GetProperty("items").EnumerateArray().First(t => t.GetProperty("key").GetString() == key);
        await SendAsync(HttpMethod.Put, $"sops/{key}", shipped.GetProperty("definition"));
        await SendAsync(HttpMethod.Post, $"sops/{key}/publish", new { note = "" });
    }

    /// <summary>Leads of no region go to the sales manager; here that is the administrator.</summary>
    public async Task BecomeSalesManagerAsync()
    {
        var me = (await SendAsync(HttpMethod.Get, "me", null)).GetProperty("id").GetString();
        await SendAsync(HttpMethod.Patch, $"users/{me}", new { roles = new[] { "administrator", "salesManager" } });
    }

    /// <summary>Polls something outside this process until it holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(3)) throw new TimeoutException($"Waited three minutes for {what}.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (process is { HasExited: false }) Kill();
        process?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await Task.Run(() => Directory.Delete(folder, true));
    }

    private async Task<bool> AnswersAsync()
    {
        if (process!.HasExited) throw new InvalidOperationException($"The host ended with {process.ExitCode} at its start.");
        try
        {
            using var response = await client.GetAsync("health");
            return response.StatusCode != HttpStatusCode.NotFound;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"/setup#(\S+)")]
    private static partial Regex SetupLink();
}

/// <summary>The host answered, and refused.</summary>
public sealed class RefusedException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
