using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime;

/// <summary>Reads what SOPs name: fields of the run's record and of the for-each record, outputs of earlier steps.</summary>
internal sealed class Reading(IRecords records, ICatalogueSource catalogue, IDirectory directory, Templates templates, CrmOptions options)
{
    public async Task<Record> RecordAsync(TurnContext turn, CancellationToken ct) =>
        await turn.RecordAsync(records, turn.Run.Record, ct) ?? throw new StepFailure(FailureClass.Data, new("run.recordGone", turn.Run.RecordName));

    public async Task<Record?> ItemAsync(TurnContext turn, IReadOnlyList<RecordRef> items, CancellationToken ct) =>
        items is [.., var item] ? await turn.RecordAsync(records, item, ct) ?? throw new StepFailure(FailureClass.Data, new("run.recordGone", item.Id)) : null;

    /// <summary>One value by path: a CLR value of a record, or JSON of an output.</summary>
    public async Task<object?> ReadAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, string path, CancellationToken ct)
    {
        if (Conditions.IsOutput(path)) return turn.Output(path, at);
        var ofItem = Conditions.IsItem(path);
        var record = ofItem ? await ItemAsync(turn, items, ct) ?? throw new StepFailure(FailureClass.Configuration, new("sop.noItem")) : await RecordAsync(turn, ct);
        return await FieldAsync(record, ofItem ? path["item.".Length..] : path, ct);
    }

    public async Task<object?> FieldAsync(Record record, string path, CancellationToken ct)
    {
        if (path == "id") return record.Id;
        if (catalogue.Current.Path(record.Type, path) is null) throw new StepFailure(FailureClass.Configuration, new("filter.unknownField", path));
        return (await records.ReadPathsAsync(record, [path], ct))[path];
    }

    /// <summary>Values and texts with everything they name read beforehand.</summary>
    /// <param name="locale">Set for texts: references, options and times as people read them instead of ids and keys.</param>
    public async Task<InputValues> ValuesAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, IEnumerable<string> paths, string? locale, CancellationToken ct)
    {
        var read = new Dictionary<string, JsonNode?>();
        foreach (var path in paths.Distinct())
        {
            var value = await ReadAsync(turn, at, items, path, ct);
            read[path] = locale is not null && value is not JsonNode ? await WordsAsync(turn, items, path, value, locale, ct) : ToJson(value);
        }
        return new(templates, path => read.GetValueOrDefault(path));
    }

    /// <summary>The record's fields as people read them.</summary>
    private async Task<JsonNode?> WordsAsync(TurnContext turn, IReadOnlyList<RecordRef> items, string path, object? value, string locale, CancellationToken ct)
    {
        var ofItem = Conditions.IsItem(path);
        var type = catalogue.Current[ofItem ? items[^1].Type : turn.Run.RecordType];
        var field = catalogue.Current.Path(type, ofItem ? path["item.".Length..] : path)?[^1];
        return field is null || value is null ? ToJson(value) : await ShowAsync(field, value, locale, ct);
    }

    public async Task<JsonNode?> ShowAsync(Field field, object? value, string locale, CancellationToken ct) => value switch
    {
        Guid id when field.References is { } target => (await records.NamesAsync(target, [id], ct)).GetValueOrDefault(id),
        string key when field.Type == FieldType.Select => field.Options.FirstOrDefault(o => o.Key == key)?.Label.In(locale) ?? key,
        IReadOnlyList<string> keys => string.Join("、", keys.Select(k => field.Options.FirstOrDefault(o => o.Key == k)?.Label.In(locale) ?? k)),
        DateTime utc => TimeZoneInfo.ConvertTimeFromUtc(utc, options.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        decimal number => number.ToString("#,##0.####", CultureInfo.InvariantCulture),
        _ => ToJson(value),
    };

    /// <summary>The facts that these conditions ask for, read beforehand.</summary>
    public async Task<Facts> FactsAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, IReadOnlyList<JsonElement> conditions, CancellationToken ct)
    {
        var record = await ViewAsync(await RecordAsync(turn, ct), conditions, ofItem: false, ct);
        var item = await ItemAsync(turn, items, ct) is { } inner ? await ViewAsync(inner, conditions, ofItem: true, ct) : null;
        return new(catalogue.Current, record, item, path => turn.Output(path, at), await ContextAsync(turn.Run.InitiatorId, turn.Now, ct));
    }

    public async Task<FilterContext> ContextAsync(Guid? me, DateTime now, CancellationToken ct) =>
        new(me, me is null ? null : (await directory.ReadAsync(ct)).Person(me)?.UnitId, now, options.Zone);

    private async Task<RecordView> ViewAsync(Record record, IReadOnlyList<JsonElement> conditions, bool ofItem, CancellationToken ct)
    {
        var paths = conditions.SelectMany(c => Conditions.Paths(c, ofItem)).ToHashSet();
        var read = await records.ReadPathsAsync(record, paths, ct);
        return new(record.Type, path => read.GetValueOrDefault(path));
    }

    /// <summary>A value as steps and later conditions take it.</summary>
    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        DateOnly day => Stored.Date(day),
        Guid id => id.ToString(),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), ContractJson.Options),
    };
}
