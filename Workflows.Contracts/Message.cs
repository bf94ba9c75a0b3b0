using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Workflows.Contracts;

/// <summary>Something said to people by code: the texts stand in <c>Texts/*.json</c>, in both languages.</summary>
/// <param name="Code">Key of a text resource.</param>
/// <param name="Args">Values for the text's placeholders {0}, {1}...</param>
public sealed record Message(string Code, params IReadOnlyList<object?> Args)
{
    public Label In(Texts texts) => new(texts.Get("zh", Code, Say("zh")), texts.Get("en", Code, Say("en")));

    private object?[] Say(string locale) => [.. Args.Select(a => a is Label label ? label.In(locale) : a)];
}
