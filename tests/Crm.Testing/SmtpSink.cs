using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
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
    /// <summary>Speaks to nobody in the clear, where it has one.</summary>
    public X509Certificate2? Certificate { get; init; }
    /// <summary>Who may send mail; null for everybody.</summary>
    public NetworkCredential? Sender { get; init; }
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
        Stream stream = client.GetStream();
        var reader = new StreamReader(stream, Encoding.Latin1);
        async Task Say(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stopping.Token);
        async Task<string> AskAsync(string what)
        {
            await Say("334 " + Base64(what));
            return await reader.ReadLineAsync(stopping.Token) ?? "";
        }
        var (from, to, known) = ("", "", Sender is null);
        try
        {
            await Say("220 sink");
            while (await reader.ReadLineAsync(stopping.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                var answer = "250 ok";
                if (verb == "QUIT")
                {
                    await Say("221 bye");
                    return;
                }
                if (verb == "EHLO") answer = stream is NetworkStream && Certificate is not null ? "250-sink\r\n250 STARTTLS" : "250-sink\r\n250 AUTH LOGIN";
                if (verb == "STARTTLS")
                {
                    await Say("220 go on");
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(Certificate!);
                    (stream, reader) = (secure, new StreamReader(secure, Encoding.Latin1));
                    continue;
                }
                if (verb == "AUTH")
                {
                    known = line.Split(' ').ElementAtOrDefault(2) is var user && (user ?? await AskAsync("Username:")) == Base64(Sender!.UserName) && await AskAsync("Password:") == Base64(Sender.Password);
                    answer = known ? "235 welcome" : "535 who are you";
                }
                if (verb == "MAIL") (from, answer) = (Address(line), !known ? "530 who are you" : Certificate is not null && stream is NetworkStream ? "530 not in the clear" : answer);
                if (verb == "RCPT") (to, answer) = (Address(line), Refusal ?? answer);
                if (verb == "DATA")
                {
                    await Say("354 go on");
                    // A mail without its end was not taken: the sender died while it spoke.
                    if (await BodyAsync(reader) is not { } body) return;
                    Mails.Enqueue(new(from, to, body));
                }
                await Say(answer);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went away.
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

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
