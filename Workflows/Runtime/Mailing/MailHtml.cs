using System.Net;
using System.Text.RegularExpressions;

namespace Crm.Workflows.Runtime.Mailing;

/// <summary>The little that is done to the HTML of mails; what users wrote is cleaned by the mailer.</summary>
internal static partial class MailHtml
{
    public static bool Is(string body) => Tag().IsMatch(body);

    /// <summary>Plain text as HTML: its addresses become links.</summary>
    public static string Of(string text) =>
        Address().Replace(WebUtility.HtmlEncode(text), m => $"<a href=\"{m.Value}\">{m.Value}</a>").ReplaceLineEndings("<br>\n");

    /// <summary>Gives every link another address.</summary>
    public static string Relink(string html, Func<string, string> other) =>
        Link().Replace(html, m => $"{m.Groups[1].Value}\"{other(WebUtility.HtmlDecode(m.Groups[2].Value))}\"");

    [GeneratedRegex(@"<(p|div|br|a|table|h[1-6]|ul|ol|img|span|strong|em|b|i)\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"https?://[^\s<>""'，。；）]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(<a\b[^>]*?\bhref\s*=\s*)[""'](https?://[^""'<>]+)[""']", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
