using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.Workflows.Contracts;
using HandlebarsDotNet;

namespace Crm.Workflows.Definition;

/// <summary>Texts with inserted values: Handlebars, strict. It is fed dictionaries of what the text names, never objects. Thread-safe; compiled texts are kept.</summary>
internal sealed partial class Templates
{
    /// <summary>Longest rendered text.</summary>
    public const int MaxLength = 20_000;
    private const int MaxKept = 2_000;

    private readonly IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true, NoEscape = true });
    private readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> compiled = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> named = [];
    private readonly ConcurrentDictionary<string, string?> read = [];

    /// <param name="at">Value of a path; null renders as nothing.</param>
    /// <param name="html">The text is HTML and its values are not: whatever they hold, they stay words.</param>
    public string Render(string template, Func<string, JsonNode?> at, bool html = false)
    {
        if (!template.Contains("{{", StringComparison.Ordinal)) return template;
        try
        {
            var values = new Dictionary<string, object?>();
            foreach (var name in NamesOf(template)) values[Flat(name)] = Plain(at(name), html) ?? "";
            if (compiled.Count > MaxKept) compiled.Clear();
            var text = compiled.GetOrAdd(template, t => handlebars.Compile(Flattened(t)))(values);
            return text.Length <= MaxLength ? text : text[..MaxLength];
        }
        catch (Exception e) when (e is HandlebarsException or HandlebarsDotNet.Compiler.HandlebarsUndefinedBindingException)
        {
            throw new StepFailure(FailureClass.Configuration, new("template.failed", e.Message), e);
        }
    }

    /// <summary>The same as <see cref="Names"/>, kept.</summary>
    public IReadOnlyList<string> NamesOf(string template)
    {
        if (!template.Contains("{{", StringComparison.Ordinal)) return [];
        if (named.Count > MaxKept) named.Clear();
        return named.GetOrAdd(template, Names);
    }

    /// <summary>Null when the text can be compiled, else why not.</summary>
    public string? Check(string template)
    {
        // The designer asks about the same texts again with every key pressed.
        if (read.Count > MaxKept) read.Clear();
        return template.Length > MaxLength ? Compiled(template) : read.GetOrAdd(template, Compiled);
    }

    private string? Compiled(string template)
    {
        try
        {
            handlebars.Compile(template);
            return null;
        }
        catch (HandlebarsException e)
        {
            return e.Message;
        }
    }

    /// <summary>The paths a text names. Inside <c>each</c> names mean the list's items and are not among them.</summary>
    public static IReadOnlyList<string> Names(string template)
    {
        var names = new List<string>();
        Walk(template, (_, found) => names.AddRange(found));
        return [.. names.Distinct()];
    }

    /// <summary>The text with every path as one word: a name that is also the beginning of a longer one has a value of its own.</summary>
    private static string Flattened(string template)
    {
        var flat = new StringBuilder(template);
        var shift = 0;
        Walk(template, (tag, names) =>
        {
            var inner = names.Aggregate(tag.Value, (text, name) => Regex.Replace(text, $@"(?<![\w.]){Regex.Escape(name)}(?![\w.])", Flat(name)));
            flat.Remove(tag.Index + shift, tag.Length).Insert(tag.Index + shift, inner);
            shift += inner.Length - tag.Length;
        });
        return flat.ToString();
    }

    private static string Flat(string path) => path.Replace(".", "__", StringComparison.Ordinal);

    private static void Walk(string template, Action<Group, IReadOnlyList<string>> meet)
    {
        var loops = 0;
        foreach (System.Text.RegularExpressions.Match tag in Tag().Matches(template))
        {
            var words = tag.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["else", "if", .. var others]) words = ["#if", .. others];
            if (words is not [var first, ..] || first == "else" || first[0] is '!' or '>') continue;
            if (first == "/each") loops--;
            if (first[0] == '/') continue;
            if (loops == 0) meet(tag.Groups[1], [.. (first[0] is '#' or '^' && words.Length > 1 ? words[1..] : [first.TrimStart('#', '^', '&')]).Where(w => Path().IsMatch(w))]);
            if (first == "#each") loops++;
        }
    }

    private static object? Plain(JsonNode? node, bool html) => node switch
    {
        JsonObject inner => inner.ToDictionary(m => m.Key, m => Plain(m.Value, html) ?? ""),
        JsonArray list => list.Select(one => Plain(one, html)).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => html ? WebUtility.HtmlEncode(value.GetValue<string>()) : value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => value.ToJsonString(),
        },
        _ => null,
    };

    [GeneratedRegex(@"\{\{\{?~?\s*([^{}]*?)\s*~?\}?\}\}")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9_]+)*$")]
    private static partial Regex Path();
}
