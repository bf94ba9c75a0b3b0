using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Platform.SignIn;

/// <summary>Random secrets: shown once, kept as a hash. They have 256 bits, so a plain hash cannot be guessed back.</summary>
internal static class Secret
{
    public static string New(int bytes = 32) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
