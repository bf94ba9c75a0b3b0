using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Crm.Platform.Push;

/// <summary>What a browser gave: where to send, and the keys only it can open.</summary>
internal sealed record PushTarget(Uri Endpoint, byte[] PublicKey, byte[] Auth);

/// <summary>The wire of web push: messages sealed for one browser (RFC 8291), and the sender's proof of who it is (RFC 8292).</summary>
internal static class WebPush
{
    private const int PointLength = 65, AuthLength = 16, RecordSize = 4096;

    /// <summary>The public key of a P-256 pair as browsers write it: 04, x, y.</summary>
    public static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    /// <summary>Null unless it is a point on the curve.</summary>
    public static ECDiffieHellmanPublicKey? Key(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointLength || point[0] != 4) return null;
        try
        {
            var key = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33].ToArray(), Y = point[33..].ToArray() } };
            using var other = ECDiffieHellman.Create(key);
            return other.PublicKey;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static bool IsAuth(ReadOnlySpan<byte> auth) => auth.Length == AuthLength;

    public static byte[] Seal(PushTarget target, ReadOnlySpan<byte> text)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Seal(target, text, own, RandomNumberGenerator.GetBytes(16));
    }

    internal static byte[] Seal(PushTarget target, ReadOnlySpan<byte> text, ECDiffieHellman own, byte[] salt)
    {
        using var theirs = Key(target.PublicKey) ?? throw new CryptographicException("No point of the curve.");
        var point = Point(own.ExportParameters(false));
        var shared = HKDF.Extract(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(theirs), target.Auth);
        var secret = HKDF.Expand(HashAlgorithmName.SHA256, shared, 32, [.. "WebPush: info\0"u8, .. target.PublicKey, .. point]);
        var key = HKDF.Extract(HashAlgorithmName.SHA256, secret, salt);
        var (cek, nonce) = (HKDF.Expand(HashAlgorithmName.SHA256, key, 16, "Content-Encoding: aes128gcm\0"u8.ToArray()), HKDF.Expand(HashAlgorithmName.SHA256, key, 12, "Content-Encoding: nonce\0"u8.ToArray()));

        // One record, the last: 2 ends it.
        byte[] plain = [.. text, 2];
        var (cipher, tag) = (new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(cek, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(size, RecordSize);
        return [.. salt, .. size, PointLength, .. point, .. cipher, .. tag];
    }

    /// <summary>The value of the Authorization header for messages to this endpoint's push service.</summary>
    public static string Proof(Uri endpoint, ECDsa key, string contact, DateTime expires)
    {
        var head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = new DateTimeOffset(expires, TimeSpan.Zero).ToUnixTimeSeconds(), sub = contact });
        var signed = $"{head}.{Base64Url.EncodeToString(claims)}";
        var signature = Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
        return $"vapid t={signed}.{signature}, k={Base64Url.EncodeToString(Point(key.ExportParameters(false)))}";
    }
}
