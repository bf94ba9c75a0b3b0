using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Testing;

/// <summary>The real host as a process of its own, to be killed and started again on the same data.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private const string Password = "Kill-Test-2026";
    private readonly string folder = Path.Combine(Path.GetTempPath(), "crm-kill-" + Guid.NewGuid().ToString("N"));
    private readonly IReadOnlyDictionary<string, string?> settings, environment;
    private readonly Uri address = new($"http://127.0.0.1:{FreePort()}");
    private readonly List<HostClient> clients = [];
    private readonly TaskCompletionSource<string> setupSecret = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> errors = [];
    private Process? process;

    /// <param name="settings">Options of its command line.</param>
    /// <param name="environment">Its environment variables.</param>
    public HostProcess(IReadOnlyDictionary<string, string?>? settings = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        this.settings = settings ?? new Dictionary<string, string?>();
        this.environment = environment ?? new Dictionary<string, string?>();
        Admin = NewClient();
    }

    public string Database => Path.Combine(folder, "crm.db");

    /// <summary>The administrator, after <see cref="SetUpAsync"/>.</summary>
    public HostClient Admin { get; }
    public HttpClient Client => Admin.Http;

    /// <summary>Processor time that the process has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes of memory that the process holds now.</summary>
    public long WorkingSet
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    public async Task StartAsync()
    {
        Launch();
        try
        {
            await UntilAsync(async () => await AnswersAsync() || process!.HasExited, "the host to answer", Starved);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} It has had {ProcessorSoFar()?.TotalSeconds:0} s of processor time.\n{string.Join('\n', errors)}");
        }
        if (process!.HasExited) throw Ended();
    }

    /// <summary>A machine that others keep busy has not let it start yet: a start takes a few seconds of processor time.</summary>
    private bool Starved() => ProcessorSoFar() < TimeSpan.FromSeconds(20);

    private TimeSpan? ProcessorSoFar()
    {
        try
        {
            return process!.TotalProcessorTime;
        }
        catch (Exception gone) when (gone is Win32Exception or InvalidOperationException)
        {
            // It may end between any two questions.
            return null;
        }
    }

    /// <summary>Starts the process and does not wait for it.</summary>
    public void Launch()
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Crm.Host.dll"), "--urls", address.ToString(), $"--Crm:DataFolder={folder}", "--Crm:Demo=false", "--Logging:LogLevel:Default=Error",
            .. settings.Select(s => $"--{s.Key}={s.Value}"),
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process?.Dispose();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is { } line && SetupLink().Match(line) is { Success: true } link) setupSecret.TrySetResult(link.Groups[1].Value);
        };
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not { } line) return;
            errors.Enqueue(line);
            while (errors.Count > 200) errors.TryDequeue(out var _);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
    }

    /// <summary>While no host runs: so much time goes by, as far as the queue can tell. What a dead host had leased comes back, timers come nearer.</summary>
    public async Task RestAsync(TimeSpan time)
    {
        await using var db = new SqliteConnection($"Data Source={Database}");
        await db.ExecuteAsync("UPDATE shared_work SET due_at = strftime('%Y-%m-%d %H:%M:%f', due_at, @by) WHERE due_at IS NOT NULL", new { by = $"-{time.TotalSeconds} seconds" });
    }

    /// <summary>First start: the printed link makes the administrator, who is signed in by it.</summary>
    public async Task SetUpAsync() => await Admin.SendAsync(HttpMethod.Post, "setup",
        new { token = await setupSecret.Task.WaitAsync(TimeSpan.FromSeconds(60)), company = "试验公司", name = "管理员", email = "admin@example.com", password = Password });

    /// <summary>As the administrator.</summary>
    public Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, string? key = null) => Admin.SendAsync(method, path, body, key);

    /// <summary>A colleague, signed in.</summary>
    public async Task<(HostClient Client, string Id)> HireAsync(string name, string email, string unit, params string[] roles)
    {
        var id = (await Admin.SendAsync(HttpMethod.Post, "users", new { name, email, unit, roles })).GetProperty("id").GetString()!;
        var link = (await Admin.SendAsync(HttpMethod.Post, $"users/{id}/invite")).GetProperty("link").GetString()!;
        var client = NewClient();
        await client.SendAsync(HttpMethod.Post, "auth/password", new { token = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..], password = Password });
        return (client, id);
    }

    /// <summary>Publishes an SOP that comes with the product.</summary>
    public async Task PublishAsync(string key)
    {
        var shipped = (await Admin.SendAsync(HttpMethod.Get, "sops/templates")).GetProperty("items").EnumerateArray().First(t => t.GetProperty("key").GetString() == key);
        await PublishAsync(key, shipped.GetProperty("definition"));
    }

    public async Task PublishAsync(string key, JsonElement definition)
    {
        await Admin.SendAsync(HttpMethod.Put, $"sops/{key}", definition);
        await Admin.SendAsync(HttpMethod.Post, $"sops/{key}/publish", new { note = "" });
    }

    /// <summary>Leads of no region go to the sales manager; here that is the administrator.</summary>
    public async Task BecomeSalesManagerAsync()
    {
        var me = (await Admin.SendAsync(HttpMethod.Get, "me")).GetProperty("id").GetString();
        await Admin.SendAsync(HttpMethod.Patch, $"users/{me}", new { roles = new[] { "administrator", "salesManager" } });
    }

    /// <summary>Polls something outside this process until it holds.</summary>
    /// <param name="patience">Asked after three minutes, and up to fifteen: whether to wait on.</param>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, Func<bool>? patience = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            var late = watch.Elapsed > TimeSpan.FromMinutes(15) || (watch.Elapsed > TimeSpan.FromMinutes(3) && patience?.Invoke() != true);
            if (late) throw new TimeoutException($"Waited {watch.Elapsed.TotalMinutes:0} minutes for {what}.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        if (process is { HasExited: false }) Kill();
        process?.Dispose();
        SqliteConnection.ClearAllPools();
        await Task.Run(() => Directory.Delete(folder, true));
    }

    private HostClient NewClient()
    {
        var client = new HostClient(address);
        clients.Add(client);
        return client;
    }

    private async Task<bool> AnswersAsync()
    {
        if (process!.HasExited) throw Ended();
        return await Admin.AnswersAsync();
    }

    private InvalidOperationException Ended()
    {
        // What it said last is here only after this.
        process!.WaitForExit();
        return new($"The host has ended by itself with {process.ExitCode}.\n{string.Join('\n', errors)}");
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
