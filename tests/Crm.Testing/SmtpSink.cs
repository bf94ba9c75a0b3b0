using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Crm.Testing;

/// <summary>A mail as the server got it.</summary>
/// <param name="Text">Headers and body, encoded as they came.</param>
public sealed record SunkMail(string From, string To, string Text)
{
    public string? Header(string name) => Text.Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n")
        .FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}

/// <summary>A mail server on a port of its own that keeps what it is given, or refuses for as long as it is told to.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    public SmtpSink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public ConcurrentQueue<SunkMail> Mails { get; } = [];
    /// <summary>Connections so far.</summary>
    public int Visits { get; private set; }
    /// <summary>What recipients are answered, such as <c>451 Try later</c> or <c>550 No such mailbox</c>; null to take them.</summary>
    public string? Refusal { get; set; }

    /// <summary>Settings of a host that sends its mail here.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Crm:Smtp:Host"] = "127.0.0.1",
        ["Crm:Smtp:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Crm:Smtp:From"] = "crm@example.com",
    };

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        try { await accepting; }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Stopping is what ends it.
        }
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stopping.Token);
            Visits++;
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var ends = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        async Task Say(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stopping.Token);
        var (from, to) = ("", "");
        try
        {
            await Say("220 sink");
            while (await reader.ReadLineAsync(stopping.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "QUIT")
                {
                    await Say("221 bye");
                    return;
                }
                if (verb == "MAIL") from = Address(line);
                if (verb == "RCPT") to = Address(line);
                if (verb == "DATA")
                {
                    await Say("354 go on");
                    // A mail without its end was not taken: the sender died while it spoke.
                    if (await BodyAsync(reader) is not { } body) return;
                    Mails.Enqueue(new(from, to, body));
                }
                await Say(verb == "RCPT" && Refusal is { } no ? no : "250 ok");
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went away.
        }
    }

    private async Task<string?> BodyAsync(StreamReader reader)
    {
        var body = new StringBuilder();
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            if (line == ".") return body.ToString();
            body.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }
        return null;
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
