using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Crm.Platform.Mailing;

/// <summary>Keeps of HTML what a message needs and drops all that could act: an allow-list of elements, attributes and link schemes.</summary>
internal static class Html
{
    private static readonly HashSet<string> Elements =
        [.. "a abbr b blockquote br caption code div em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s small span strong sub sup table tbody td tfoot th thead tr u ul".Split(' ')];
    private static readonly HashSet<string> GoneWithContent = [.. "script style iframe object embed applet form input button select textarea svg math template noscript head title link meta base frame frameset audio video canvas".Split(' ')];
    private static readonly HashSet<string> Attributes = [.. "alt align colspan rowspan width height title".Split(' ')];
    private static readonly HashSet<string> Blocks = [.. "blockquote div h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul".Split(' ')];

    public static string Clean(string html)
    {
        var body = Parse(html);
        foreach (var element in body.QuerySelectorAll("*").Reverse().ToArray())
        {
            if (GoneWithContent.Contains(element.LocalName) || element.NamespaceUri != body.NamespaceUri) element.Remove();
            else if (!Elements.Contains(element.LocalName)) element.Replace([.. element.ChildNodes]);
            else Strip(element);
        }
        foreach (var comment in body.Descendants<IComment>().ToArray()) comment.Remove();
        return body.InnerHtml;
    }

    public static string ToText(string html)
    {
        var text = new StringBuilder();
        Write(Parse(html), text);
        return string.Join('\n', text.ToString().Split('\n').Select(l => l.Trim())).Trim();
    }

    private static IElement Parse(string html) => new HtmlParser().ParseDocument($"<body>{html}</body>").Body!;

    private static void Strip(IElement element)
    {
        foreach (var attribute in element.Attributes.ToArray())
        {
            var keep = Attributes.Contains(attribute.Name)
                || (element.LocalName, attribute.Name) is ("a", "href") && IsLink(attribute.Value, "http", "https", "mailto", "tel")
                || (element.LocalName, attribute.Name) is ("img", "src") && IsLink(attribute.Value, "http", "https");
            if (!keep) element.RemoveAttribute(attribute.Name);
        }
        if (element.LocalName == "a") element.SetAttribute("rel", "noopener noreferrer");
    }

    private static bool IsLink(string value, params string[] schemes) => Uri.TryCreate(value.Trim(), UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme);

    private static void Write(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words) text.Append(words.Data.ReplaceLineEndings(" "));
            else if (child is not IElement element || GoneWithContent.Contains(element.LocalName)) continue;
            else if (element.LocalName == "br") text.Append('\n');
            else
            {
                var block = Blocks.Contains(element.LocalName);
                if (block && text.Length > 0 && text[^1] != '\n') text.Append('\n');
                Write(element, text);
                if (element.LocalName == "a" && element.GetAttribute("href") is { } link && link != element.TextContent) text.Append(" (").Append(link).Append(')');
                if (block && text.Length > 0 && text[^1] != '\n') text.Append('\n');
            }
        }
    }
}
