using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Validation;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>What a draft must be to be kept, and to be published.</summary>
internal sealed class SopCheck(ActingSteps steps, SopsNow sops, IRecords records, ICatalogueSource catalogue, IDirectory directory, CurrentActor current)
{
    private const int MostNamed = 2000, LongestName = 200;
    private static readonly string[] BuiltIn =
    [
        BuiltInRole.Administrator, BuiltInRole.SalesOps, BuiltInRole.SalesDirector, BuiltInRole.SalesManager, BuiltInRole.Rep, BuiltInRole.ServiceAgent, BuiltInRole.Marketing, BuiltInRole.Approver,
    ];

    /// <summary>What a draft needs to be kept: a key, a name, a record type, and lists of steps that have an id and a kind. All else may still be missing.</summary>
    public static (string Record, Label Name) Head(string key, JsonElement definition)
    {
        if (Member(definition, "", "key", JsonValueKind.String).GetString() != key) throw Problem.Invalid("key", "sop.otherKey", key);
        foreach (var (trigger, at) in Items(definition, "", "triggers")) Member(trigger, at, "kind", JsonValueKind.String);
        Steps(Items(definition, "", "steps"));
        var name = Member(definition, "", "name", JsonValueKind.Object);
        var record = Member(definition, "", "record", JsonValueKind.String).GetString()!;
        var (zh, en) = (Member(name, "name.", "zh", JsonValueKind.String).GetString()!, Member(name, "name.", "en", JsonValueKind.String).GetString()!);
        NotLonger("key", key, SopValidator.LongestKey);
        NotLonger("record", record, SopValidator.LongestKey);
        NotLonger("name", zh, LongestName);
        NotLonger("name", en, LongestName);
        return (record, new(zh, en));
    }

    private static void NotLonger(string field, string text, int most)
    {
        if (text.Length > most) throw Problem.Invalid(field, "field.tooLong", most, text.Length);
    }

    private static void Steps(IEnumerable<(JsonElement Step, string At)> list)
    {
        foreach (var (step, at) in list)
        {
            Member(step, at, "id", JsonValueKind.String);
            Member(step, at, "kind", JsonValueKind.String);
            foreach (var inner in new[] { "steps", "else", "timedOut" })
                if (Has(step, inner)) Steps(Items(step, at, inner));
            if (Has(step, "paths"))
                foreach (var (path, beneath) in Items(step, at, "paths"))
                    if (Has(path, "steps")) Steps(Items(path, beneath, "steps"));
        }
    }

    private static bool Has(JsonElement holder, string name) => holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static JsonElement Member(JsonElement holder, string at, string name, JsonValueKind kind) =>
        Has(holder, name) && holder.GetProperty(name) is var value && value.ValueKind == kind ? value : throw Problem.Invalid(at + name, "field.required");

    private static IEnumerable<(JsonElement Item, string At)> Items(JsonElement holder, string at, string name) =>
        Member(holder, at, name, JsonValueKind.Array).EnumerateArray().Select((item, i) => (item, $"{at}{name}[{i}]."));

    /// <summary>A draft that can be read as a whole.</summary>
    public static Sop Read(string key, JsonElement definition)
    {
        var sop = SopJson.OrRefuse(() => SopJson.Read(definition));
        return sop.Key == key ? sop : throw Problem.Invalid("key", "sop.otherKey", key);
    }

    public async Task<IReadOnlyList<SopProblem>> ProblemsAsync(JsonElement definition, CancellationToken ct) =>
        new SopValidator(await WorldAsync(ct)).Validate(definition);

    /// <exception cref="Problem">400 <c>sop.notValid</c> with every error and its place.</exception>
    public async Task PublishableAsync(string definition, CancellationToken ct)
    {
        using var json = JsonDocument.Parse(definition);
        var errors = (await ProblemsAsync(json.RootElement, ct)).Where(p => p.Severity == Severity.Error).ToList();
        if (errors.Count > 0) throw new Problem(400, "sop.notValid", [.. errors.Select(e => new FieldError(e.Path, e.Code, [.. e.Said.Args.Select(Plain)]))]);
    }

    /// <summary>The forms, segments and the like that steps and triggers may name, by their keys.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, Record>>> NamedAsync(Catalogue now, CancellationToken ct)
    {
        var inputs = steps.Catalogue.All.SelectMany(s => s.Inputs).Concat(TriggerKinds.All.SelectMany(t => t.Inputs));
        var named = new Dictionary<string, IReadOnlyDictionary<string, Record>>();
        foreach (var of in inputs.Where(i => i.Type == InputType.Record).Select(i => i.References!).Distinct())
            if (now.Find(of) is { NaturalKeys: [[var key], ..] }) named[of] = (await AllAsync(of, ct)).Where(r => r.Text(key) is not null).DistinctBy(r => r.Text(key)).ToDictionary(r => r.Text(key)!);
        return named;
    }

    private async Task<IReadOnlyDictionary<string, MailWords>> MailTemplatesAsync(Catalogue now, CancellationToken ct) =>
        now.Find(MailTemplates.Type) is null ? new Dictionary<string, MailWords>()
        : (await AllAsync(MailTemplates.Type, ct)).DistinctBy(t => t.Text(MailTemplates.Code)).Where(t => t.Text(MailTemplates.Code) is not null).ToDictionary(t => t.Text(MailTemplates.Code)!, t => new MailWords(t.Text("subject") ?? "", t.Text("body") ?? ""));

    private async Task<IReadOnlyList<Record>> AllAsync(string type, CancellationToken ct)
    {
        var all = new List<Record>();
        string? after = null;
        do
        {
            var page = await records.ListAsync(new(type) { Sort = ["createdAt"], Limit = 200, After = after, Trusted = true }, ct);
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null && all.Count < MostNamed);
        return all;
    }

    private object? Plain(object? arg) => arg is Label label ? label.In(current.Value.Locale) : arg;

    private async Task<SopWorld> WorldAsync(CancellationToken ct)
    {
        var people = (await directory.ReadAsync(ct)).People.Where(p => p.Active).ToList();
        var now = catalogue.Current;
        var held = people.SelectMany(p => p.Roles).ToHashSet();
        return new()
        {
            Catalogue = catalogue.Current,
            Steps = steps.Catalogue,
            Roles = held.Concat(BuiltIn).Concat(catalogue.Current.Find("user")?.Find("roles")?.Options.Select(o => o.Key) ?? []).ToHashSet(),
            RolesWithPeople = held,
            ActiveUsers = people.Select(p => p.Id).ToHashSet(),
            Named = await NamedAsync(now, ct),
            MailTemplates = await MailTemplatesAsync(now, ct),
            Sops = (await sops.ReadAsync(ct)).All.ToDictionary(s => s.Key, s => new SopRef(s.Sop.Record, [.. s.Plan.Steps.OfType<Call>().Select(c => c.Sop).Distinct()])),
        };
    }
}
