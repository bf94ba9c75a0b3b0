using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Platform.Imports;

/// <summary>Says how columns become fields; what is left out stays as it is.</summary>
[Requires("import.run")]
internal sealed record MapImport(Guid Id, MappingBody Body) : ICommand<ImportView>;

internal sealed record MappingBody
{
    public Dictionary<string, ColumnMapping?>? Mapping { get; init; }
    public Dictionary<string, string>? Values { get; init; }
    public DuplicateMode? Duplicates { get; init; }
    public bool? StartSops { get; init; }
}

internal sealed class MapImportHandler(ImportActor importer, ImportStore store, ImportViews views, ICatalogueSource source, CrmOptions options) : IRequestHandler<MapImport, ImportView>
{
    public async Task<ImportView> Handle(MapImport request, CancellationToken ct)
    {
        var import = await importer.OwnAsync(request.Id, ct);
        if (import.State != ImportState.Draft) throw Problem.Conflict("import.notDraft");
        var (before, body) = (import.ReadMapping(), request.Body);
        var mapping = before with
        {
            Mapping = body.Mapping ?? before.Mapping,
            Values = body.Values ?? before.Values,
            Duplicates = body.Duplicates ?? before.Duplicates,
            StartSops = body.StartSops ?? before.StartSops,
        };
        ImportTargets.Of(mapping, import.ReadColumns(), source.Current[import.RecordType], source.Current, options.Zone);
        await store.MapAsync(import.Id, mapping, ct);
        return await views.OfAsync(import.Id, ct);
    }
}

/// <summary>Begins to bring the rows in, or only tries.</summary>
[Requires("import.run")]
internal sealed record StartImport(Guid Id, bool Trial) : ICommand<ImportView>;

internal sealed class StartImportHandler(ImportActor importer, ImportStore store, ImportViews views, ImportChunk chunks, CurrentActor current, ICatalogueSource source, CrmOptions options) : IRequestHandler<StartImport, ImportView>
{
    public async Task<ImportView> Handle(StartImport request, CancellationToken ct)
    {
        var import = await importer.OwnAsync(request.Id, ct);
        var (mapping, columns) = (import.ReadMapping(), import.ReadColumns());
        if (ImportTargets.Of(mapping, columns, source.Current[import.RecordType], source.Current, options.Zone).Count == 0) throw Problem.Invalid("mapping", "import.nothingMapped");
        if (!await store.MoveAsync(import.Id, ImportState.Draft, request.Trial ? ImportState.Checking : ImportState.Running, ct)) throw Problem.Conflict("import.notDraft");
        await store.ResetAsync(import.Id, ct);
        if (current.Value.UserId is { } user) await store.RememberAsync(user, import.RecordType, columns, mapping.ToString(), ct);
        await chunks.EnqueueAsync(new(import.Id), ct);
        return await views.OfAsync(import.Id, ct);
    }
}
