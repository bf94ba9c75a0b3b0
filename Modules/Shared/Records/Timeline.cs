using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Shared.Records;

/// <summary>Knows what the SOPs are called that change records. Singleton.</summary>
public interface ISopNames
{
    /// <summary>Null for one that is not there any more.</summary>
    Label? Find(string sopKey);
}

/// <summary>What happened to a record and to those that belong to it, newest first.</summary>
public sealed class Timeline(Session session, IRecords records, ICatalogueSource source, CurrentActor actor, ISopNames? sops = null)
{
    /// <returns><c>{items, next}</c> as docs/api.md describes.</returns>
    public async Task<JsonObject> ReadAsync(string type, Guid id, Guid? after, int limit, CancellationToken ct)
    {
        await records.GetAsync(type, id, ct);
        if (limit is < 1 or > 200) throw Problem.Invalid("limit", "list.limit", 1, 200);
        var rows = await session.QueryAsync<Row>($"""
            SELECT c.id, c.at, c.record_type, c.record_id, c.record_name, c.kind, c.actor_id, c.actor_name, c.source, c.cause, c.note, c.changes
            FROM shared_timeline t JOIN shared_change c ON c.id = t.change_id
            WHERE t.record_id = @id {(after is null ? "" : "AND t.change_id < @after")}
            ORDER BY t.change_id DESC {session.Dialect.Limit("@n")}
            """, new { id, after, n = limit + 1 }, ct);
        var items = new JsonArray();
        var names = await NamesAsync(rows, ct);
        var shown = await ShownAsync(id, rows, ct);
        foreach (var row in rows.Take(limit).Where(r => shown.Contains(r.RecordId))) items.Add(Show(row, names));
        return new JsonObject { ["items"] = items, ["next"] = rows.Count > limit ? rows[limit - 1].Id.ToString() : null };
    }

    /// <summary>Of what happened to records that belong to this one, only that which the reader may see there too.</summary>
    private async Task<HashSet<Guid>> ShownAsync(Guid id, IReadOnlyList<Row> rows, CancellationToken ct)
    {
        var shown = new HashSet<Guid> { id };
        foreach (var group in rows.Where(r => r.RecordId != id && source.Current.Find(r.RecordType) is not null).ToLookup(r => r.RecordType, r => r.RecordId))
            shown.UnionWith(await records.VisibleAsync(group.Key, [.. group], ct));
        return shown;
    }

    private JsonObject Show(Row row, Dictionary<Guid, string> names)
    {
        var type = source.Current.Find(row.RecordType);
        var cause = row.Cause is { } stored ? JsonNode.Parse(stored) : null;
        var changes = new JsonArray();
        foreach (var (field, old, now) in Changes(row).Where(c => !Unseen(type!, c.Field)))
            changes.Add(new JsonObject { ["field"] = field.Key, ["old"] = Value(type!, field, old, names), ["new"] = Value(type!, field, now, names) });
        return new JsonObject
        {
            ["id"] = row.Id.ToString(),
            ["at"] = row.At,
            ["kind"] = row.Kind,
            ["actor"] = new JsonObject { ["id"] = row.ActorId?.ToString(), ["name"] = ActorOf(row, cause) },
            ["source"] = ((Source)row.Source).ToString().ToLowerInvariant(),
            ["cause"] = cause,
            ["recordType"] = row.RecordType,
            ["recordId"] = row.RecordId.ToString(),
            ["recordName"] = row.RecordName,
            ["note"] = row.Note,
            ["changes"] = changes,
        };
    }

    /// <summary>An SOP is called as its reader calls it; as it was called then once it is gone. The system has no name, by whatever way it came.</summary>
    private string? ActorOf(Row row, JsonNode? cause) => (Source)row.Source switch
    {
        Source.Sop when cause?["sopKey"]?.GetValue<string>() is { } key => sops?.Find(key)?.In(actor.Value.Locale) ?? row.ActorName,
        _ => row.ActorId is null && row.ActorName == Actor.System.Name ? null : row.ActorName,
    };

    /// <summary>A number has no mask: a change from nothing to nothing would be all there is to show. What only the system reads nobody is shown.</summary>
    private bool Unseen(RecordType type, Field field) => field.Technical || field is { Sensitive: true, IsText: false } && !actor.Value.Can(type.Permission("sensitive"));

    private JsonNode? Value(RecordType type, Field field, JsonElement json, Dictionary<Guid, string> names)
    {
        if (field.Type == FieldType.Lines) return json.ValueKind == JsonValueKind.Array ? json.GetArrayLength() : null;
        if (FieldStorage.FromJson(field, json) is not { } value) return null;
        return value switch
        {
            Guid id => new JsonObject { ["id"] = id.ToString(), ["name"] = names.GetValueOrDefault(id) },
            _ when field.Sensitive && !actor.Value.Can(type.Permission("sensitive")) => Mask.Of(field, value),
            DateOnly day => Stored.Date(day),
            _ => JsonSerializer.SerializeToNode(value, Stored.Json),
        };
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(IReadOnlyList<Row> rows, CancellationToken ct)
    {
        var wanted = from row in rows
                     from change in Changes(row)
                     where change.Field.Type == FieldType.Reference
                     from value in new[] { change.Old, change.New }
                     where value.ValueKind == JsonValueKind.String
                     select (change.Field.References!, value.GetGuid());
        var names = new Dictionary<Guid, string>();
        foreach (var group in wanted.ToLookup(w => w.Item1, w => w.Item2).Where(g => actor.Value.Names(source.Current[g.Key])))
            foreach (var (id, name) in await records.NamesAsync(group.Key, [.. group.Distinct()], ct)) names[id] = name;
        return names;
    }

    private IEnumerable<(Field Field, JsonElement Old, JsonElement New)> Changes(Row row)
    {
        if (source.Current.Find(row.RecordType) is not { } type) yield break;
        foreach (var change in JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(row.Changes)!)
            // A custom field that is gone has nobody to tell how to read it.
            if (type.Find(change.Key) is { } field) yield return (field, change.Value[0], change.Value[1]);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public DateTime At { get; init; }
        public string RecordType { get; init; } = "";
        public Guid RecordId { get; init; }
        public string RecordName { get; init; } = "";
        public string Kind { get; init; } = "";
        public Guid? ActorId { get; init; }
        public string ActorName { get; init; } = "";
        public int Source { get; init; }
        public string? Cause { get; init; }
        public string? Note { get; init; }
        public string Changes { get; init; } = "{}";
    }
}
