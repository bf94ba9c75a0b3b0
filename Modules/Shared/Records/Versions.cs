using System.Globalization;
using Crm.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace Crm.Shared.Records;

/// <summary>Versions in HTTP headers: <c>ETag: "3"</c>, <c>If-Match: "3"</c>.</summary>
public static class Versions
{
    public static string ETag(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>The version the caller has seen; null where it does not say or does not mind (<c>*</c>).</summary>
    public static long? IfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch.ToString().Trim();
        if (header is "" or "*") return null;
        return long.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : throw Problem.Invalid("If-Match", "ifMatch.form");
    }
}
