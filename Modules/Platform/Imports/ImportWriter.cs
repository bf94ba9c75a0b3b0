using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Microsoft.Extensions.Logging;

namespace Crm.Platform.Imports;

/// <summary>Writes the rows of a chunk through the one door, a bad row harms no other.</summary>
internal sealed class ImportWriter(Session session, IRecords records, DuplicateFinder duplicates, ReferenceFinder references, ImportStore store, LastChange last, ILogger<ImportWriter> log)
{
    /// <param name="final">What was not found until now comes no more.</param>
    /// <returns>What has to be remembered of the rows.</returns>
    public async Task<List<ImportRow>> WriteAsync(Import import, RecordType type, ImportMapping mapping, IReadOnlyList<RowDraft> drafts, bool final, CancellationToken ct)
    {
        var rows = new List<ImportRow>();
        var whole = drafts.Where(d => d.Row.Error is null).ToArray();
        foreach (var made in (await references.FindAsync(whole.SelectMany(d => d.References), ct)).GroupBy(m => whole.First(d => d.References.Contains(m.Wanted))))
            rows.AddRange(made.Select((m, i) => new ImportRow { Position = made.Key.Position, Part = i + 1, State = ImportRow.Created, RecordType = m.Made.Type.Key, RecordId = m.Made.Id }));
        var comes = import.IsTrial && final ? await SeenNamesAsync(import, type, whole, ct) : [];
        foreach (var draft in whole)
        {
            foreach (var wanted in draft.References.Where(r => r.Error is not null && comes.Contains(NameKey(r.Text)))) wanted.Error = null;
            if (draft.TakeReferences(type.Key) && !final) draft.Outcome = Outcome.Waiting;
        }
        var ready = drafts.Where(d => d.Outcome != Outcome.Waiting).ToArray();
        if (mapping.Duplicates != DuplicateMode.Create) await duplicates.FindAsync(type, ready.Where(d => d.Errors.Count == 0), ct);
        var seen = import.IsTrial ? await store.SeenAsync(import.Id, ready.Where(d => d.Key is not null).Select(d => ImportRow.KeyOf(d.Key!)), ct) : [];
        try
        {
            await session.SavepointAsync(() => WriteAllAsync(type, mapping, ready, seen, guarded: false, ct), ct);
        }
        catch (HalfDone)
        {
            await WriteAllAsync(type, mapping, ready, seen, guarded: true, ct);
        }
        rows.AddRange(drafts.SelectMany(d => RowsOf(import, type, d)));
        return rows;
    }

    /// <summary>A savepoint costs as much as a third of the write it guards, and nearly all bad rows are found before anything is written. So rows go without at first.</summary>
    private async Task<bool> WriteAllAsync(RecordType type, ImportMapping mapping, RowDraft[] drafts, HashSet<Guid> seen, bool guarded, CancellationToken ct)
    {
        Guard guard = guarded ? work => session.SavepointAsync(work, ct) : session.UnguardedAsync;
        var here = new Dictionary<string, Guid>();
        foreach (var draft in drafts)
        {
            (draft.Outcome, draft.RecordId, draft.Changes) = (Outcome.None, null, null);
            await WriteAsync(type, mapping, draft, here, seen, guard, ct);
            if (draft.Key is { } key && draft.RecordId is { } id) here.TryAdd(key, id);
        }
        return true;
    }

    private async Task WriteAsync(RecordType type, ImportMapping mapping, RowDraft draft, Dictionary<string, Guid> here, HashSet<Guid> seen, Guard guard, CancellationToken ct)
    {
        try
        {
            if (draft.Errors.Count > 0) throw Problem.Invalid([.. draft.Errors]);
            var existing = draft.Existing.Count == 0 && draft.Key is { } key && here.TryGetValue(key, out var mine) ? [mine] : draft.Existing;
            var known = existing.Count > 0 || draft.Key is { } text && seen.Contains(ImportRow.KeyOf(text));
            if (!known) await CreateAsync(type, draft, guard, ct);
            else if (mapping.Duplicates == DuplicateMode.Skip) (draft.Outcome, draft.Reasons) = (Outcome.Skipped, [new(draft.KeyField!, draft.Existing.Count > 0 ? "import.known" : "import.twice")]);
            else if (existing.Count > 1) throw new Problem(409, "import.severalExist", [], existing.Count);
            else await UpdateAsync(type, draft, existing, guard, ct);
        }
        catch (Problem problem)
        {
            Fail(draft, ErrorReasons.Of(problem));
        }
        catch (Exception e) when (session.Dialect.IsDuplicate(e))
        {
            Fail(draft, [new("", "import.exists")]);
        }
        catch (Exception e) when (e is not (OperationCanceledException or HalfDone) && !session.Dialect.IsTransient(e))
        {
            log.LogError(e, "Row {Position} of an import could not be written", draft.Position);
            Fail(draft, [new("", "import.unexpected")]);
        }
    }

    private async Task CreateAsync(RecordType type, RowDraft draft, Guard guard, CancellationToken ct)
    {
        var options = draft.CreatedAt is { } at ? new WriteOptions { CreatedAt = at } : WriteOptions.None;
        draft.RecordId = (await guard(() => records.CreateAsync(type.Key, draft.Values, options, ct))).Id;
        draft.Outcome = Outcome.Created;
    }

    private async Task UpdateAsync(RecordType type, RowDraft draft, IReadOnlyList<Guid> existing, Guard guard, CancellationToken ct)
    {
        draft.Outcome = Outcome.Updated;
        // In a trial run the record may be one that this file would have made.
        if (existing.Count == 0) return;
        last.Value = null;
        await guard(() => records.UpdateAsync(type.Key, existing[0], draft.Values, WriteOptions.None, ct));
        if (last.Value is not { Before: { } before } change || change.After.Id != existing[0]) return;
        draft.RecordId = existing[0];
        draft.Changes = JsonSerializer.Serialize(change.ChangedFields.ToDictionary(f => f.Key, f => new[] { before[f.Key], change.After[f.Key] }), Stored.Json);
    }

    private delegate Task<Record> Guard(Func<Task<Record>> work);

    private static void Fail(RowDraft draft, IReadOnlyList<FieldError> reasons) =>
        (draft.Outcome, draft.RecordId, draft.Reasons) = (Outcome.Failed, null, reasons);

    private static IEnumerable<ImportRow> RowsOf(Import import, RecordType type, RowDraft draft)
    {
        if (draft.Outcome == Outcome.Waiting) yield return new() { Position = draft.Position, State = ImportRow.Waiting };
        else if (import.IsTrial)
        {
            if (draft.Outcome is Outcome.Created && draft.Key is { } key) yield return new() { Position = draft.Position, State = ImportRow.Seen, RowKey = ImportRow.KeyOf(key) };
            if (draft.Outcome is Outcome.Created && PointsToItself(type) && draft.Values.GetValueOrDefault(type.NameField) is string name)
                yield return new() { Position = draft.Position, Part = 1000, State = ImportRow.Seen, RowKey = NameKey(name) };
        }
        else if (draft.RecordId is { } id)
            yield return new() { Position = draft.Position, State = draft.Outcome == Outcome.Created ? ImportRow.Created : ImportRow.Updated, RecordType = type.Key, RecordId = id, Changes = draft.Changes };
    }

    private Task<HashSet<Guid>> SeenNamesAsync(Import import, RecordType type, IEnumerable<RowDraft> drafts, CancellationToken ct) =>
        store.SeenAsync(import.Id, drafts.SelectMany(d => d.References).Where(r => r.Target.Field.References == type.Key && r.Found is null).Select(r => NameKey(r.Text)), ct);

    private static bool PointsToItself(RecordType type) => type.Fields.Any(f => f.References == type.Key && f.Type == FieldType.Reference);

    private static Guid NameKey(string name) => ImportRow.KeyOf("name:" + string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit)));
}
