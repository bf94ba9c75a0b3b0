using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Problems found so far, and which step is being looked at.</summary>
internal sealed partial class Report
{
    private readonly List<SopProblem> problems = [];
    private string? step;
    private object name = new Label("流程", "The SOP");
    private IReadOnlyList<StepInput> inputs = [];

    public IReadOnlyList<SopProblem> Problems => problems;
    public bool HasErrors => problems.Exists(p => p.Severity == Severity.Error);
    public string? Step => step;

    public void Error(string path, string code, params object?[] args) => Add(path, Severity.Error, code, args);
    public void Warning(string path, string code, params object?[] args) => Add(path, Severity.Warning, code, args);

    /// <summary>What is reported until disposed concerns this step.</summary>
    public IDisposable At(string? id, Label? called, StepDescription? kind)
    {
        var before = (step, name, inputs);
        (step, name, inputs) = (id, Called(id, called, kind), kind?.Inputs ?? []);
        return new Restore(() => (step, name, inputs) = before);
    }

    public static object Called(string? id, Label? name, StepDescription? kind) =>
        name is not null ? name : kind is null ? id ?? "?" : new Label(kind.Label.Zh + Which(kind.Kind, id), kind.Label.En + Which(kind.Kind, id));

    /// <summary>Ids that the page gave are told as people count: none for the first of a kind, then 2, 3.</summary>
    private static string Which(string kind, string? id)
    {
        var own = kind.Split('.')[^1];
        var rest = id?.StartsWith(own, StringComparison.Ordinal) == true ? id[own.Length..] : id;
        return rest is null or "" ? "" : " " + (rest.All(char.IsAsciiDigit) ? rest : id);
    }

    public void Members(JsonElement json, string path, IReadOnlyCollection<string> known)
    {
        foreach (var member in json.EnumerateObject())
            if (!known.Contains(member.Name)) Error(Join(path, member.Name), "sop.unknownMember", member.Name);
    }

    public static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private void Add(string path, Severity severity, string code, object?[] args) =>
        problems.Add(new(step, path, severity, new Message(code, [Where(path), .. args])));

    /// <summary>The step, and of which thing of a list of its inputs it is said: the third outcome, the second stage.</summary>
    private object Where(string path)
    {
        if (InList().Match(path) is not { Success: true } found || inputs.FirstOrDefault(i => i.Key == found.Groups["list"].Value) is not { } list) return name;
        var (of, nth) = (name as Label ?? new Label(name.ToString()!, name.ToString()!), int.Parse(found.Groups["index"].Value, CultureInfo.InvariantCulture) + 1);
        return new Label($"{of.Zh} · {list.Label.Zh} {nth}", $"{of.En} · {list.Label.En} {nth}");
    }

    [GeneratedRegex(@"\.inputs\.(?<list>\w+)\[(?<index>\d{1,9})\]")]
    private static partial Regex InList();

    private sealed class Restore(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
