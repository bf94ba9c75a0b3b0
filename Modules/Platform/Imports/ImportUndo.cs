using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using MediatR;

namespace Crm.Platform.Imports;

/// <summary>Takes a whole import back, in the background: what it made goes to the recycle bin, what it changed gets its former values.</summary>
[Requires("import.run")]
internal sealed record UndoImport(Guid Id) : ICommand<ImportView>;

internal sealed class UndoImportHandler(ImportActor importer, ImportStore store, ImportUndo undo, ImportViews views) : IRequestHandler<UndoImport, ImportView>
{
    public async Task<ImportView> Handle(UndoImport request, CancellationToken ct)
    {
        var import = await importer.OwnAsync(request.Id, ct);
        if (import.State is not (ImportState.Done or ImportState.Failed) || !await store.MoveAsync(import.Id, import.State, ImportState.Undoing, ct)) throw Problem.Conflict("import.cannotUndo");
        await undo.EnqueueAsync(new(import.Id, long.MaxValue, 0), ct);
        return await views.OfAsync(import.Id, ct);
    }
}

/// <summary>Goes backwards through the rows that landed. Whoever may import may take his import back; rules and locks hold all the same.</summary>
internal sealed class ImportUndo(Session session, ImportStore store, ImportActor importer, IRecords records, CurrentActor current, WorkQueue queue, ImportNews news) : IWorkHandler
{
    private const int Rows = 250;
    public const string Name = "import.undo";

    internal sealed record Place(Guid Import, long Before, int Part);

    public string Kind => Name;

    public Task EnqueueAsync(Place place, CancellationToken ct) => queue.EnqueueAsync(Name, place.Import.ToString(), place, Lane.Bulk, null, ct);

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var place = JsonSerializer.Deserialize<Place>(item.Payload, Stored.Json)!;
        if (await store.FindAsync(place.Import, ct) is not { State: ImportState.Undoing } import) return;
        var rows = await store.LandedAsync(import.Id, place.Before, place.Part, Rows, ct);
        var errors = new List<ImportError>();
        using (current.As((await importer.ForAsync(import, false, ct) ?? Actor.System) with { Source = Source.Import, StartsSops = false }))
            foreach (var row in rows)
                if (await UndoAsync(row, ct) is { Count: > 0 } reasons)
                    errors.Add(new(row.Position, row.Part, row.Position + 1, reasons, [(await records.FindAsync(row.RecordType!, row.RecordId!.Value, ct))?.Name ?? ""]));
        await store.AddErrorsAsync(import.Id, RowList.Kept, errors, ct);
        await store.CountUndoneAsync(import.Id, rows.Count - errors.Count, errors.Count, ct);
        if (rows.Count == Rows) await EnqueueAsync(place with { Before = rows[^1].Position, Part = rows[^1].Part }, ct);
        else await store.EndAsync(import.Id, ImportState.Undone, false, null, ct);
        news.Progress(import);
    }

    /// <summary>Why it could not be taken back, or not wholly.</summary>
    private async Task<IReadOnlyList<FieldError>> UndoAsync(ImportRow row, CancellationToken ct)
    {
        var (type, id) = (row.RecordType!, row.RecordId!.Value);
        try
        {
            return await session.SavepointAsync(async () =>
            {
                if (row.State == ImportRow.Updated) return await PutBackAsync(row, ct);
                await records.DeleteAsync(type, id, WriteOptions.AsFeature(note: "import.undo"), ct);
                return [];
            }, ct);
        }
        catch (Problem problem)
        {
            return ErrorReasons.Of(problem);
        }
    }

    private async Task<IReadOnlyList<FieldError>> PutBackAsync(ImportRow row, CancellationToken ct)
    {
        if (await records.FindAsync(row.RecordType!, row.RecordId!.Value, ct) is not { } now) return [new("", "import.recordGone")];
        var (back, kept) = (new Dictionary<string, object?>(), new List<FieldError>());
        foreach (var (key, change) in JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(row.Changes!, Stored.Json)!)
        {
            if (now.Type.Find(key) is not { } field) continue;
            if (Same(field, change[1], now[key])) back[key] = change[0];
            else if (!field.ReadOnly) kept.Add(new(key, "import.changedSince"));
        }
        if (back.Count > 0) await records.UpdateAsync(row.RecordType!, now.Id, back, WriteOptions.AsFeature(note: "import.undo"), ct);
        return kept;
    }

    private static bool Same(Field field, JsonElement imported, object? now) => field.Type == FieldType.Lines
        ? JsonSerializer.Serialize(imported) == JsonSerializer.Serialize(JsonSerializer.SerializeToElement(now, Stored.Json))
        : Values.Same(Values.Read(field, imported, field.Key).Value, now);
}
