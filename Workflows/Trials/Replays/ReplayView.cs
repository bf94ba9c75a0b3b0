using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Trials.Replays;

/// <summary>Replays as the API shows them.</summary>
internal sealed class ReplayView(IRecords records, IDirectory directory, CurrentActor current, Texts texts)
{
    private static readonly string[] Columns = ["record", "id", "at", "state", "endedAt", "ownerThen", "ownerNow", "figures", "message"];

    public async Task<JsonObject> SummaryAsync(ReplayRow row, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        return new()
        {
            ["id"] = row.Id.ToString(),
            ["sop"] = row.SopKey,
            ["version"] = row.SopVersion,
            ["from"] = Showing.Node(row.FromAt),
            ["to"] = Showing.Node(row.ToAt),
            ["filter"] = Showing.Parse(row.Filter),
            ["state"] = Showing.Name(row.Status),
            ["progress"] = row.Progress / 1000m,
            ["cases"] = row.Cases,
            ["figures"] = new JsonObject(row.Counts().Where(f => !f.Key.Contains('/')).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))),
            ["error"] = row.Error,
            ["createdAt"] = Showing.Node(row.CreatedAt),
            ["createdBy"] = Showing.Person(view, row.CreatedById),
            ["endedAt"] = Showing.Node(row.EndedAt),
        };
    }

    public async Task<JsonObject> ShowAsync(ReplayRow row, CancellationToken ct)
    {
        var (json, sop) = (await SummaryAsync(row, ct), SopJson.Read(row.Definition));
        json["definition"] = JsonNode.Parse(row.Definition);
        json["steps"] = Counted(row, "step/");
        json["ways"] = Counted(row, "way/");
        json["notes"] = new JsonArray([.. Notes(row, sop).Select(n => Showing.Node(n.In(texts)))]);
        return json;
    }

    public async Task<IReadOnlyList<JsonObject>> CasesAsync(ReplayRow row, IReadOnlyList<CaseRow> cases, CancellationToken ct)
    {
        var (view, type) = (await directory.ReadAsync(ct), SopJson.Read(row.Definition).Record);
        // Whoever asked for the replay may have seen more than who reads it.
        var visible = await records.VisibleAsync(type, [.. cases.Select(c => c.RecordId).Distinct()], ct);
        return [.. cases.Select(one =>
        {
            var seen = visible.Contains(one.RecordId);
            var detail = JsonNode.Parse(one.Detail)!.AsObject();
            var json = new JsonObject
            {
                ["seq"] = one.Seq,
                ["record"] = seen ? Showing.Record(type, one.RecordId, one.RecordName) : null,
                ["at"] = Showing.Node(one.At),
                ["endedAt"] = Showing.Node(one.EndedAt),
                ["state"] = one.Status is { } status ? Showing.Name(status) : null,
                ["runId"] = one.RunId?.ToString(),
                ["ownerThen"] = Showing.Person(view, one.OwnerThenId),
                ["ownerNow"] = Showing.Person(view, one.OwnerNowId),
            };
            foreach (var (key, value) in detail) json[key] = value?.DeepClone();
            return json;
        })];
    }

    public string CsvHead() => string.Join(',', Columns.Select(c => Quote(new Message($"replay.column.{c}").In(texts).In(current.Value.Locale))));

    public string CsvLine(JsonObject one)
    {
        string Said(string code) => new Message(code).In(texts).In(current.Value.Locale);
        string?[] values =
        [
            one["record"]?["name"]?.GetValue<string>(), one["record"]?["id"]?.GetValue<string>(), one["at"]?.ToString(),
            Said($"replay.state.{one["state"]?.GetValue<string>() ?? "none"}"), one["endedAt"]?.ToString(),
            one["ownerThen"]?["name"]?.GetValue<string>(), one["ownerNow"]?["name"]?.GetValue<string>(),
            string.Join("; ", one["figures"]!.AsArray().Select(f => f!.GetValue<string>()).Where(f => f != Figure.All).Select(f => Said($"replay.figure.{f}"))),
            one["message"].Deserialize<Label>(ContractJson.Options)?.In(current.Value.Locale),
        ];
        return string.Join(',', values.Select(Quote));
    }

    private static JsonObject Counted(ReplayRow row, string prefix) =>
        new(row.Counts().Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(f => KeyValuePair.Create(f.Key[prefix.Length..], (JsonNode?)f.Value)));

    /// <summary>What a reader of the figures must know: where the present stood in for the past.</summary>
    private static IEnumerable<Message> Notes(ReplayRow row, Sop sop)
    {
        yield return new("replay.note.past");
        yield return new("replay.note.people");
        yield return new("replay.note.choices");
        if (sop.Triggers.Any(t => t.Kind is not (TriggerKinds.Created or TriggerKinds.Updated or TriggerKinds.StageEntered))) yield return new("replay.note.triggers");
        if (row.Counts().TryGetValue(Figure.PresentValues, out var n)) yield return new("replay.note.presentValues", n);
        if (row.Cases >= Replaying.MostCases) yield return new("replay.note.tooMany", Replaying.MostCases);
    }

    /// <summary>A cell that a spreadsheet would take for a formula is made text.</summary>
    private static string Quote(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
