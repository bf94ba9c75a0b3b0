using System.Text.Json;
using Crm.Platform.Imports.Csv;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Shared.Work;
using MediatR;

namespace Crm.Platform.Imports;

/// <summary>Takes a file that lies in the data folder under <paramref name="Id"/>: finds out how it is written and what its columns could mean.</summary>
[Requires("import.run")]
internal sealed record CreateImport(Guid Id, string Type, string FileName) : ICommand<ImportView>;

internal sealed class CreateImportHandler(ImportActor importer, ImportStore store, ImportFiles files, ImportViews views, ImportExpiry expiry, CurrentActor current, ICatalogueSource source, TimeProvider time) : IRequestHandler<CreateImport, ImportView>
{
    public async Task<ImportView> Handle(CreateImport request, CancellationToken ct)
    {
        var type = importer.TypeOf(request.Type);
        CsvPreview preview;
        await using (var stream = files.Read(request.Id)) preview = CsvPreview.Of(stream, type);
        var remembered = current.Value.UserId is { } user && await store.RememberedAsync(user, type.Key, preview.Columns, ct) is { } json ? Still(ImportMapping.Parse(json), preview, type) : null;
        var import = new Import
        {
            Id = request.Id,
            UserId = current.Value.UserId,
            RecordType = type.Key,
            FileName = request.FileName.Length <= 300 ? request.FileName : request.FileName[..300],
            Format = JsonSerializer.Serialize(preview.Format, Stored.Json),
            Columns = JsonSerializer.Serialize(preview.Columns, Stored.Json),
            Mapping = (remembered ?? Guessed(preview)).ToString(),
            State = ImportState.Draft,
            Total = preview.Count,
            CreatedAt = time.UtcNow(),
        };
        await store.AddAsync(import, ct);
        await expiry.EnqueueAsync(import.Id, ct);
        return await views.OfAsync(import, ct) with { Guess = preview.Guess, Dates = preview.Dates, Remembered = remembered is not null, Rows = preview.Count };
    }

    private static ImportMapping Guessed(CsvPreview preview) => new()
    {
        Mapping = preview.Columns.ToDictionary(c => c, c => preview.Guess.TryGetValue(c, out var field)
            ? new ColumnMapping(field, preview.Dates.TryGetValue(c, out var dates) && !dates.Ambiguous && dates.Format is DateFormat.DayFirst or DateFormat.MonthFirst ? dates.Format : null)
            : null),
    };

    /// <summary>What was remembered, without fields that are gone since.</summary>
    private ImportMapping Still(ImportMapping mapping, CsvPreview preview, RecordType type)
    {
        bool Known(string field) => ImportTargets.Find(type, source.Current, field).Field is not null;
        return mapping with
        {
            Mapping = preview.Columns.ToDictionary(c => c, c => mapping.Mapping.GetValueOrDefault(c) is { } to && Known(to.Field) ? to : null),
            Values = mapping.Values.Where(v => Known(v.Key)).ToDictionary(),
        };
    }
}

/// <summary>Uploaded files hold personal data: after a month they go, drafts altogether.</summary>
internal sealed class ImportExpiry(ImportStore store, ImportFiles files, Session session, WorkQueue queue, TimeProvider time) : IWorkHandler
{
    public string Kind => "import.expire";

    public Task EnqueueAsync(Guid import, CancellationToken ct) => queue.EnqueueAsync(Kind, import.ToString(), JsonSerializer.Serialize(import), Lane.Bulk, time.UtcNow() + TimeSpan.FromDays(30), ct);

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<Guid>(item.Payload);
        var state = (await store.FindAsync(id, ct))?.State;
        if (state is ImportState.Running or ImportState.Checking) await EnqueueAsync(id, ct);
        else
        {
            if (state == ImportState.Draft) await store.RemoveAsync(id, ct);
            session.AfterCommit(() => files.Delete(id));
        }
    }
}
