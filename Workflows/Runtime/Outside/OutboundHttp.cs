using System.Net;
using System.Net.Sockets;
using Crm.Shared;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Runtime.Outside;

/// <summary>HTTP to addresses that users write. Private networks are refused unless configuration allows the host: the name is resolved once, all of its
/// addresses are checked, and the connection goes to the checked address. Redirects are not followed.</summary>
internal sealed class OutboundHttp : IDisposable
{
    private readonly HttpClient client;
    private readonly IReadOnlyList<string> allowed;

    public OutboundHttp(CrmOptions options)
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

    public static Uri Address(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw new StepFailure(FailureClass.Configuration, new("run.badAddress", url));

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException why) when (why.InnerException is StepFailure refused)
        {
            throw refused;
        }
        catch (OperationCanceledException why) when (!ct.IsCancellationRequested)
        {
            throw new StepFailure(FailureClass.Transient, new("run.timeout", request.RequestUri!.Host), why);
        }
    }

    /// <summary>The beginning of the answer; a long one is not read to its end.</summary>
    public static async Task<string> TextAsync(HttpResponseMessage response, int most, CancellationToken ct)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        var buffer = new char[most];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer, ct));
    }

    /// <summary>Sorts refusals: what may pass by itself, what is wrong with the SOP, what with the data.</summary>
    public static void Require(HttpResponseMessage response, string text)
    {
        if (response.IsSuccessStatusCode) return;
        var code = (int)response.StatusCode;
        var failure = code switch
        {
            408 or 425 or 429 or >= 500 => FailureClass.Transient,
            401 or 403 => FailureClass.Permission,
            400 or 409 or 422 => FailureClass.Data,
            _ => FailureClass.Configuration,
        };
        throw new StepFailure(failure, new("run.httpRefused", code, text.Length > 300 ? text[..300] : text));
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        if (!IsAllowed(host, port) && addresses.FirstOrDefault(IsPrivate) is not null) throw new StepFailure(FailureClass.Configuration, new("run.privateAddress", host));
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

    internal static bool IsPrivate(IPAddress address)
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
