using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>What one change did to a record, as its audit entry tells.</summary>
public sealed record PastChange(Guid Id, DateTime At, string Kind, Guid? ActorId, Source Source, Cause? Cause)
{
    public IReadOnlyDictionary<string, (object? Before, object? After)> Fields { get; init; } = new Dictionary<string, (object?, object?)>();
}

/// <summary>A record as it was right after a change.</summary>
/// <param name="Later">What changed afterwards, oldest first.</param>
/// <param name="Complete">False where more changed later than was looked at: some values are those of now.</param>
public sealed record PastRecord(Record Record, IReadOnlyList<PastChange> Later, bool Complete);

/// <summary>Records as they were, from the audit: what changed later is taken back, all else is as it is. Scoped.</summary>
public interface IRecordPast
{
    /// <summary>Right after the change of that id, or after all that came before it. Null where the record is gone for good.</summary>
    Task<PastRecord?> AsOfAsync(string type, Guid id, Guid change, CancellationToken ct);

    /// <summary>Puts values in place past all rules and without a trace. In a rehearsal only.</summary>
    Task PutAsync(Record record, CancellationToken ct);

    /// <summary>An audit entry's changes, fields that are gone left out.</summary>
    IReadOnlyDictionary<string, (object? Before, object? After)> Read(RecordType type, string changes);
}

internal sealed class RecordPast(Session session, RecordStore store, ICatalogueSource source) : IRecordPast
{
    private const int MostLater = 500;

    public async Task<PastRecord?> AsOfAsync(string type, Guid id, Guid change, CancellationToken ct)
    {
        var recordType = source.Current[type];
        if (await store.FindAsync(recordType, id, ct) is not { } record) return null;
        foreach (var field in recordType.Fields.Where(f => f.Type == FieldType.Lines)) await store.LoadLinesAsync(field, source.Current[field.References!], [record], ct);
        var rows = await session.QueryAsync<Row>($"""
            SELECT c.id, c.at, c.kind, c.actor_id, c.source, c.cause, c.changes FROM shared_timeline t JOIN shared_change c ON c.id = t.change_id
            WHERE t.record_id = @id AND t.change_id > @change AND c.record_id = @id ORDER BY t.change_id {session.Dialect.Limit("@n")}
            """, new { id, change, n = MostLater + 1 }, ct);
        var later = rows.Take(MostLater).Select(r => new PastChange(r.Id, r.At, r.Kind, r.ActorId, (Source)r.Source, Cause(r.Cause)) { Fields = Read(recordType, r.Changes) }).ToList();
        if (await BirthAsync(recordType, id, change, ct) is { } born)
        {
            // Of a record's birth everything is known, also what else fell into the same millisecond.
            foreach (var field in recordType.AllFields.Where(f => f.Key is not ("createdAt" or "createdBy" or "updatedAt" or "updatedBy"))) record[field.Key] = born.GetValueOrDefault(field.Key).After;
            return new(record, later, rows.Count <= MostLater);
        }
        var seen = new HashSet<string>();
        // Of two changes in one millisecond the ids do not tell which came first; that a record was made before it changed is certain.
        foreach (var one in later.Where(l => l.Kind != "created"))
            foreach (var (field, (before, _)) in one.Fields)
                if (seen.Add(field)) record[field] = before;
        return new(record, later, rows.Count <= MostLater);
    }

    /// <summary>What the record was made of, where it is that change that made it.</summary>
    private async Task<IReadOnlyDictionary<string, (object? Before, object? After)>?> BirthAsync(RecordType type, Guid id, Guid change, CancellationToken ct) =>
        await session.FirstAsync<string>("SELECT changes FROM shared_change WHERE id = @change AND record_id = @id AND kind = 'created'", new { change, id }, ct) is { } changes ? Read(type, changes) : null;

    public async Task PutAsync(Record record, CancellationToken ct)
    {
        if (session.Rehearsal is null) throw new InvalidOperationException("The past is put in place in rehearsals only.");
        await store.UpdateAsync(record, record.Type.AllFields, record.Version, ct);
        foreach (var field in record.Type.Fields.Where(f => f.Type == FieldType.Lines))
        {
            var lines = source.Current[field.References!];
            await session.ExecuteAsync($"DELETE FROM {lines.Table} WHERE parent_id = @id", new { id = record.Id }, ct);
            await store.SaveLinesAsync(field, lines, record, ct);
        }
    }

    public IReadOnlyDictionary<string, (object? Before, object? After)> Read(RecordType type, string changes)
    {
        using var json = JsonDocument.Parse(changes);
        var fields = new Dictionary<string, (object?, object?)>();
        foreach (var member in json.RootElement.EnumerateObject())
            if (type.Find(member.Name) is { } field && member.Value is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2)
                fields[field.Key] = (Value(type, field, pair[0]), Value(type, field, pair[1]));
        return fields;
    }

    private object? Value(RecordType type, Field field, JsonElement stored) => field.Type == FieldType.Lines
        ? RecordReader.Read(type, source.Current, new Dictionary<string, object?> { [field.Key] = stored.ValueKind == JsonValueKind.Null ? null : stored.Clone() }, trusted: true, []).GetValueOrDefault(field.Key)
        : FieldStorage.FromJson(field, stored);

    private static Cause? Cause(string? json) => json is null ? null : JsonSerializer.Deserialize<Cause>(json, Stored.Json);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public DateTime At { get; init; }
        public string Kind { get; init; } = "";
        public Guid? ActorId { get; init; }
        public int Source { get; init; }
        public string? Cause { get; init; }
        public string Changes { get; init; } = "{}";
    }
}
