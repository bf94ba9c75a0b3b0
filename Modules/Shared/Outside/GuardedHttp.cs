using System.Net;
using System.Net.Sockets;

namespace Crm.Shared.Outside;

/// <summary>The address lies in a private network that configuration does not allow.</summary>
public sealed class PrivateAddressException(string host) : Exception($"{host} lies in a private network")
{
    public string Host { get; } = host;
}

/// <summary>HTTP to addresses that users give. Private networks are refused unless configuration allows the host: the name is resolved once, all of its
/// addresses are checked, and the connection goes to the checked address. Redirects are not followed. Singleton.</summary>
public sealed class GuardedHttp : IDisposable
{
    private readonly HttpClient client;
    private readonly IReadOnlyList<string> allowed;

    public GuardedHttp(CrmOptions options)
    {
        allowed = options.AllowedHosts;
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Null unless it is an http or https address without credentials in it.</summary>
    public static Uri? Address(string? url) =>
        Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 ? address : null;

    /// <summary>Reads the answer's headers; its body is the caller's to read or leave.</summary>
    /// <exception cref="PrivateAddressException">Refused before anything was sent.</exception>
    /// <exception cref="TimeoutException">No answer within thirty seconds.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException why) when (why.InnerException is PrivateAddressException refused)
        {
            throw refused;
        }
        catch (OperationCanceledException why) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.RequestUri!.Host} did not answer in time.", why);
        }
    }

    /// <summary>Whether configuration names this host, and thereby trusts it.</summary>
    public bool IsAllowed(Uri address) => IsAllowed(address.Host, address.Port);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        if (!IsAllowed(host, port) && addresses.FirstOrDefault(IsPrivate) is not null) throw new PrivateAddressException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(string host, int port) =>
        allowed.Any(a => a.Equals(host, StringComparison.OrdinalIgnoreCase) || a.Equals($"{host}:{port}", StringComparison.OrdinalIgnoreCase));

    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast) return true;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return true;
        if (address.AddressFamily != AddressFamily.InterNetwork) return address.IsIPv6Teredo || address.GetAddressBytes() is [0x20, 0x02, ..] or [0, 0x64, 0xff, 0x9b, ..];
        return address.GetAddressBytes() is
            [0, ..] or [10, ..] or [127, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [192, 0, 0, _] or [100, >= 64 and <= 127, ..]
            or [198, 18 or 19, ..] or [>= 224, ..];
    }

    public void Dispose() => client.Dispose();
}
