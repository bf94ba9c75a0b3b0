using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Records;

/// <summary>The record service: see <see cref="IRecords"/>. Reading is in the other half of this class.</summary>
internal sealed partial class Records(
    Session session, RecordStore store, ChangeLog log, Numbers numbers, ICatalogueSource source, IDirectory people,
    IEnumerable<IRecordRule> rules, CurrentActor current, Ids ids, TimeProvider time, CrmOptions options) : IRecords
{
    private Catalogue Catalogue => source.Current;
    private Actor Actor => current.Value;

    public Task<Record> CreateAsync(string type, IReadOnlyDictionary<string, object?> values, WriteOptions write, CancellationToken ct) =>
        session.InTransactionAsync(async () =>
        {
            var recordType = Catalogue[type];
            Allow(recordType, "create", write);
            var errors = new List<FieldError>();
            var given = RecordReader.Read(recordType, Catalogue, values, write.Trusted, errors);
            foreach (var field in recordType.Fields.Where(f => f.Default is not null && !values.ContainsKey(f.Key))) given[field.Key] = field.Default;
            if (recordType is { Owned: true, OwnerIsCreator: true } && !values.ContainsKey("owner")) given["owner"] = Actor.UserId;
            var record = new Record(recordType, write.Id ?? ids.Next(), 1, given);
            var change = new RecordChange(ChangeKind.Created, null, record, Actor, write);
            change.Errors.AddRange(errors);
            Touch(record, created: true, write.CreatedAt);
            await CheckAsync(change, ct);
            if (recordType.NumberPrefix is not null) record["number"] = await numbers.NextAsync(recordType, ct);
            await store.InsertAsync(record, ct);
            foreach (var (field, lineType) in LineFields(recordType)) await store.SaveLinesAsync(field, lineType, record, ct);
            await log.WriteAsync(change, ct);
            return record;
        }, ct);

    public Task<Record> UpdateAsync(string type, Guid id, IReadOnlyDictionary<string, object?> values, WriteOptions write, CancellationToken ct) =>
        session.InTransactionAsync(async () =>
        {
            var before = await LoadForWriteAsync(Catalogue[type], id, "update", write, ct);
            if (before.Deleted) throw Problem.Conflict("record.deleted", before.Name);
            var after = before.Copy();
            var change = new RecordChange(ChangeKind.Updated, before, after, Actor, write);
            foreach (var (key, value) in RecordReader.Read(before.Type, Catalogue, WithoutMasked(change, values), write.Trusted, change.Errors)) after[key] = value;
            await CheckAsync(change, ct);
            return await SaveAsync(change, ct);
        }, ct);

    public Task DeleteAsync(string type, Guid id, WriteOptions write, CancellationToken ct) =>
        BinAsync(type, id, ChangeKind.Deleted, write, ct);

    public Task<Record> RestoreAsync(string type, Guid id, WriteOptions write, CancellationToken ct) =>
        BinAsync(type, id, ChangeKind.Restored, write, ct);

    private Task<Record> BinAsync(string type, Guid id, ChangeKind kind, WriteOptions write, CancellationToken ct) =>
        session.InTransactionAsync(async () =>
        {
            var before = await LoadForWriteAsync(Catalogue[type], id, "delete", write, ct);
            if (before.Deleted == (kind == ChangeKind.Deleted)) return before;
            var after = before.Copy();
            after["deletedAt"] = kind == ChangeKind.Deleted ? time.UtcNow() : null;
            var change = new RecordChange(kind, before, after, Actor, write);
            await RunRulesAsync(change, ct);
            if (change.Errors.Count > 0) throw Problem.Invalid([.. change.Errors]);
            return await SaveAsync(change, ct);
        }, ct);

    private async Task<Record> LoadForWriteAsync(RecordType type, Guid id, string act, WriteOptions write, CancellationToken ct)
    {
        Allow(type, act, write);
        await session.HoldAsync(type.Table, id, ct);
        var record = await LoadAsync(type, id, trusted: write.Trusted, ct) ?? throw Problem.NotFound(type.Key, id);
        return write.Version is { } version && version != record.Version ? throw Problem.Stale(type.Key, id) : record;
    }

    private async Task<Record> SaveAsync(RecordChange change, CancellationToken ct)
    {
        var changed = change.ChangedFields.ToList();
        if (changed.Count == 0 && change.Options.Kind is null) return change.Before!;
        var expected = change.Before!.Version;
        change.After.Version = expected + 1;
        Touch(change.After, created: false);
        changed.AddRange(change.Type.AllFields.Where(f => f.Key is "updatedAt" or "updatedBy"));
        if (!await store.UpdateAsync(change.After, changed, expected, ct)) throw Problem.Stale(change.Type.Key, change.After.Id);
        foreach (var (field, lineType) in LineFields(change.Type).Where(l => changed.Contains(l.Field))) await store.SaveLinesAsync(field, lineType, change.After, ct);
        await log.WriteAsync(change, ct);
        return change.After;
    }

    private async Task CheckAsync(RecordChange change, CancellationToken ct)
    {
        var view = await people.ReadAsync(ct);
        if (change.Type.Owned && (change.Before is null || change.Changed("owner")))
            change.After["unit"] = view.Person(change.After.Owner)?.UnitId;
        CheckFilters(change);
        await RunRulesAsync(change, ct);
        foreach (var field in change.Type.Fields.Where(f => f.Required && IsEmpty(change.After[f.Key]) && change.Errors.All(e => e.Field != f.Key)))
            change.Wrong(field.Key, "field.required");
        CheckSizes(change);
        await CheckReferencesAsync(change, view, ct);
        if (change.Errors.Count > 0) throw Problem.Invalid([.. change.Errors]);
    }

    private async Task RunRulesAsync(RecordChange change, CancellationToken ct)
    {
        foreach (var rule in rules.Where(r => r.RecordType is null || r.RecordType == change.Type.Key)) await rule.BeforeSaveAsync(change, ct);
    }

    /// <summary>What came in was looked at when it was read; this is for what was computed from it.</summary>
    private void CheckSizes(RecordChange change)
    {
        void Check(string path, object? value)
        {
            if (value is decimal number && Math.Abs(number) > Values.Most && change.Errors.All(e => e.Field != path)) change.Wrong(path, "field.max", Values.Most);
        }

        foreach (var field in change.Type.Fields.Where(f => change.Changed(f.Key)))
        {
            Check(field.Key, change.After[field.Key]);
            if (field.Type != FieldType.Lines) continue;
            var lines = change.After.Get<IReadOnlyList<IReadOnlyDictionary<string, object?>>>(field.Key) ?? [];
            for (var i = 0; i < lines.Count; i++)
                foreach (var (key, value) in lines[i]) Check($"{field.Key}[{i}].{key}", value);
        }
    }

    /// <summary>Whoever points to a record must be able to see it; an owner must be able to work.</summary>
    private async Task CheckReferencesAsync(RecordChange change, DirectoryView view, CancellationToken ct)
    {
        foreach (var field in change.Type.AllFields.Where(f => f is { Type: FieldType.Reference, ReadOnly: false } && change.Changed(f.Key)))
        {
            if (change.After.Reference(field.Key) is not { } id) continue;
            var found = field.References switch
            {
                "user" => view.Person(id) is { Active: true },
                "unit" => view.Unit(id) is not null,
                _ => await LoadAsync(Catalogue[field.References!], id, change.Options.Trusted, ct) is { Deleted: false },
            };
            if (!found) change.Wrong(field.Key, "field.reference");
        }
        await CheckLineReferencesAsync(change, ct);
    }

    private async Task CheckLineReferencesAsync(RecordChange change, CancellationToken ct)
    {
        foreach (var (field, lineType) in LineFields(change.Type).Where(l => change.Changed(l.Field.Key)))
            foreach (var reference in lineType.Fields.Where(f => f.Type == FieldType.Reference))
            {
                var named = Ids(change.After, field, reference);
                // What stood there before may stay, though it has been taken away since.
                var fresh = named.OfType<Guid>().Except(change.Before is null ? [] : Ids(change.Before, field, reference).OfType<Guid>()).ToArray();
                var known = change.Options.Trusted ? (await NamesAsync(reference.References!, fresh, ct)).Keys.ToHashSet() : await VisibleAsync(reference.References!, fresh, ct);
                for (var i = 0; i < named.Count; i++)
                    if (named[i] is { } id && fresh.Contains(id) && !known.Contains(id)) change.Wrong($"{field.Key}[{i}].{reference.Key}", "field.reference");
            }
    }

    private static List<Guid?> Ids(Record record, Field lines, Field reference) =>
        [.. (record.Get<IReadOnlyList<IReadOnlyDictionary<string, object?>>>(lines.Key) ?? []).Select(l => l.GetValueOrDefault(reference.Key) as Guid?)];

    private void Touch(Record record, bool created, DateTime? createdAt = null)
    {
        var now = time.UtcNow();
        (record["updatedAt"], record["updatedBy"]) = (now, Actor.UserId);
        if (!created) return;
        // An import may bring the day a record was really made.
        record["createdAt"] ??= createdAt ?? now;
        record["createdBy"] = Actor.UserId;
    }

    private void Allow(RecordType type, string act, WriteOptions write)
    {
        if (!write.Trusted && !Actor.Can(type.Permission(act))) throw Problem.Forbidden(type.Permission(act));
    }

    private IEnumerable<(Field Field, RecordType LineType)> LineFields(RecordType type) =>
        type.Fields.Where(f => f.Type == FieldType.Lines).Select(f => (f, Catalogue[f.References!]));

    private static bool IsEmpty(object? value) => value is null or IReadOnlyCollection<string> { Count: 0 };
}
