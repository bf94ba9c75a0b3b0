using Crm.Testing;

namespace Crm.Host.Tests.Crash;

/// <summary>The world that the host talks to: a mail server and another system.</summary>
internal sealed class Outside : IAsyncDisposable
{
    public SmtpSink Mail { get; } = new();
    public HttpSink System { get; } = new();

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(Mail.Settings) { ["Crm:AllowedHosts:0"] = "127.0.0.1" };

    public async ValueTask DisposeAsync()
    {
        await Mail.DisposeAsync();
        await System.DisposeAsync();
    }
}
