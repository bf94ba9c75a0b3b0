using System.Text.Json;
using Crm.Platform.Imports.Csv;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Shared;

namespace Crm.Platform.Imports;

/// <summary>Brings in a few hundred rows in one transaction: records, errors, counters and the order for the next chunk stand or fall together, so a host that dies loses nothing and doubles nothing.</summary>
internal sealed class ImportChunk(
    Session session, ImportStore store, ImportFiles files, ImportActor importer, ImportWriter writer, ImportNews news,
    CurrentActor current, ICatalogueSource source, WorkQueue queue, CrmOptions options) : IWorkHandler
{
    private const int Rows = 500;
    public const string Name = "import.chunk";

    /// <param name="Round">0: through the file. Later: rows that wait for others of the same file.</param>
    /// <param name="Landed">Waiting rows that found theirs in this round.</param>
    /// <param name="Final">The round before helped nobody; who still waits, waits in vain.</param>
    internal sealed record Place(Guid Import, long From = 0, int Round = 0, int Landed = 0, bool Final = false);

    public string Kind => Name;

    public Task EnqueueAsync(Place place, CancellationToken ct) => queue.EnqueueAsync(Name, place.Import.ToString(), place, Lane.Bulk, null, ct);

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var place = JsonSerializer.Deserialize<Place>(item.Payload, Stored.Json)!;
        if (await store.FindAsync(place.Import, ct) is not { State: ImportState.Checking or ImportState.Running } import) return;
        var mapping = import.ReadMapping();
        if (await importer.ForAsync(import, mapping.StartSops, ct) is not { } actor) await EndAsync(import, "import.noActor", ct);
        else
            using (current.As(actor)) await RunAsync(import, mapping, place, ct);
        news.Progress(import);
    }

    public async Task GaveUpAsync(WorkItem item, Exception why, CancellationToken ct)
    {
        if (await store.FindAsync(JsonSerializer.Deserialize<Place>(item.Payload, Stored.Json)!.Import, ct) is not { } import) return;
        await EndAsync(import, "import.brokeOff", ct);
        news.Progress(import);
    }

    private async Task RunAsync(Import import, ImportMapping mapping, Place place, CancellationToken ct)
    {
        var type = source.Current[import.RecordType];
        var targets = ImportTargets.Of(mapping, import.ReadColumns(), type, source.Current, options.Zone);
        var rows = await ReadAsync(import, place, ct);
        var drafts = rows.Select(r => RowDraft.Read(r.Position, r.Row, targets)).ToArray();
        var final = place.Round > 0 && place.Final;
        var done = import.IsTrial ? await TryAsync(import, type, mapping, drafts, final, ct) : await writer.WriteAsync(import, type, mapping, drafts, final, ct);
        if (place.Round > 0) await store.ForgetWaitingAsync(import.Id, [.. drafts.Select(d => d.Position)], ct);
        await store.AddRowsAsync(import.Id, done, ct);
        foreach (var (outcome, list) in new[] { (Outcome.Failed, RowList.Failed), (Outcome.Skipped, RowList.Skipped) })
            await store.AddErrorsAsync(import.Id, list, drafts.Where(d => d.Outcome == outcome).Select(d => new ImportError(d.Position, 0, d.Row.Line, d.Reasons, d.Row.Cells)), ct);
        await store.CountAsync(import.Id, drafts, ct);
        await GoOnAsync(import, place, drafts, ct);
    }

    private async Task<IReadOnlyList<(long Position, CsvRow Row)>> ReadAsync(Import import, Place place, CancellationToken ct)
    {
        if (place.Round == 0) return files.RowsFrom(import, place.From, Rows);
        var waiting = await store.WaitingAsync(import.Id, place.From - 1, Rows, ct);
        return files.RowsAt(import, waiting.Select(w => w.Position));
    }

    /// <summary>A trial run does everything and takes it back.</summary>
    private async Task<List<ImportRow>> TryAsync(Import import, RecordType type, ImportMapping mapping, RowDraft[] drafts, bool final, CancellationToken ct)
    {
        List<ImportRow> rows = [];
        try
        {
            await session.SavepointAsync<bool>(async () =>
            {
                rows = await writer.WriteAsync(import, type, mapping, drafts, final, ct);
                throw new TakenBack();
            }, ct);
        }
        catch (TakenBack)
        {
            // As meant.
        }
        return [.. rows.Where(r => r.State is ImportRow.Seen or ImportRow.Waiting)];
    }

    private async Task GoOnAsync(Import import, Place place, RowDraft[] drafts, CancellationToken ct)
    {
        var landed = place.Landed + drafts.Count(d => d.Outcome != Outcome.Waiting);
        if (drafts.Length == Rows) await EnqueueAsync(place with { From = drafts[^1].Position + 1, Landed = landed }, ct);
        else if ((await store.WaitingAsync(import.Id, -1, 1, ct)).Count == 0) await EndAsync(import, null, ct);
        else await EnqueueAsync(new(import.Id, 0, place.Round + 1, 0, place.Round > 0 && landed == 0), ct);
    }

    private async Task EndAsync(Import import, string? failure, CancellationToken ct)
    {
        files.Close(import.Id);
        var state = failure is not null ? ImportState.Failed : import.IsTrial ? ImportState.Draft : ImportState.Done;
        await store.EndAsync(import.Id, state, import.IsTrial && failure is null, failure, ct);
        if (import.IsTrial || await store.FindAsync(import.Id, ct) is not { } now) return;
        await news.EndedAsync(now, failure is null ? new($"导入完成：{now.FileName}", $"Import finished: {now.FileName}") : new($"导入中断：{now.FileName}", $"Import broke off: {now.FileName}"),
            new($"新建 {now.Created}，更新 {now.Updated}，跳过 {now.Skipped}，未导入 {now.Failed}", $"{now.Created} created, {now.Updated} updated, {now.Skipped} skipped, {now.Failed} failed"), ct);
    }

    private sealed class TakenBack : Exception;
}
