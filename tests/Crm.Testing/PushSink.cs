using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Crm.Testing;

/// <summary>A message as the browser behind the push service reads it.</summary>
public sealed record SunkPush(JsonElement Message, IReadOnlyDictionary<string, string> Headers);

/// <summary>A push service with one browser behind it, on a port of its own: opens what it gets with the browser's keys, or answers what it is told to.</summary>
public sealed class PushSink : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly ECDiffieHellman keys = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] auth = RandomNumberGenerator.GetBytes(16);
    private readonly Task serving;

    public PushSink()
    {
        var port = FreePort();
        Endpoint = $"http://127.0.0.1:{port}/push/abc";
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        serving = ServeAsync();
    }

    public string Endpoint { get; }
    public string P256dh => Base64Url.EncodeToString(Point(keys.ExportParameters(false)));
    public string Auth => Base64Url.EncodeToString(auth);
    public ConcurrentQueue<SunkPush> Messages { get; } = [];
    /// <summary>Messages so far, refused ones too.</summary>
    public int Visits { get; private set; }
    /// <summary>Status of the next answers.</summary>
    public int Status { get; set; } = 201;

    public object Subscription(string device = "Chrome") => new { endpoint = Endpoint, keys = new { p256dh = P256dh, auth = Auth }, device };

    /// <summary>The claims of a proof, after its signature held against the key it names.</summary>
    public static JsonElement Claims(string authorization, string publicKey)
    {
        var parts = authorization["vapid ".Length..].Split(", ").ToDictionary(p => p[..1], p => p[2..]);
        if (parts["k"] != publicKey) throw new InvalidOperationException("Signed by another key.");
        var (point, token) = (Base64Url.DecodeFromChars(publicKey), parts["t"].Split('.'));
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        if (!key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256)) throw new InvalidOperationException("The signature does not hold.");
        return JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
        keys.Dispose();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try { context = await listener.GetContextAsync(); }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException) { return; }
            Visits++;
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            if (Status < 300)
            {
                var headers = context.Request.Headers.AllKeys.ToDictionary(k => k!, k => context.Request.Headers[k]!);
                Messages.Enqueue(new(JsonDocument.Parse(Open(body.ToArray())).RootElement, headers));
            }
            context.Response.StatusCode = Status;
            context.Response.Close();
        }
    }

    /// <summary>As a browser does it, by RFC 8291 and 8188.</summary>
    private byte[] Open(byte[] message)
    {
        var salt = message[..16];
        if (BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(16)) < message.Length - 86) throw new InvalidOperationException("More than one record.");
        var point = message[21..(21 + message[20])];
        using var sender = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        byte[] Prk(byte[] key, byte[] with) => HMACSHA256.HashData(with, key);
        byte[] Expand(byte[] key, byte[] info, int length) => HMACSHA256.HashData(key, (byte[])[.. info, 1])[..length];
        var secret = Expand(Prk(keys.DeriveRawSecretAgreement(sender.PublicKey), auth), [.. "WebPush: info\0"u8, .. Point(keys.ExportParameters(false)), .. point], 32);
        var key = Prk(secret, salt);
        var sealed_ = message[(21 + point.Length)..];
        var plain = new byte[sealed_.Length - 16];
        using var aes = new AesGcm(Expand(key, "Content-Encoding: aes128gcm\0"u8.ToArray(), 16), 16);
        aes.Decrypt(Expand(key, "Content-Encoding: nonce\0"u8.ToArray(), 12), sealed_[..^16], sealed_[^16..], plain);
        return plain[^1] == 2 ? plain[..^1] : throw new InvalidOperationException("The record is not the last.");
    }

    private static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
