using Crm.Platform.Imports.Csv;
using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Platform.Imports;

[Requires("import.run")]
internal sealed record GetImport(Guid Id) : IQuery<ImportView>;

internal sealed class GetImportHandler(ImportActor importer, ImportViews views) : IRequestHandler<GetImport, ImportView>
{
    public async Task<ImportView> Handle(GetImport request, CancellationToken ct) => await views.OfAsync(await importer.OwnAsync(request.Id, ct), ct);
}

[Requires("import.run")]
internal sealed record ListImports(string? After, int Limit) : IQuery<Listed<ImportView>>;

internal sealed class ListImportsHandler(ImportStore store, ImportViews views, CurrentActor current) : IRequestHandler<ListImports, Listed<ImportView>>
{
    public async Task<Listed<ImportView>> Handle(ListImports request, CancellationToken ct)
    {
        if (request.Limit is < 1 or > 200) throw Problem.Invalid("limit", "list.limit", 1, 200);
        var after = request.After is null ? (Guid?)null : Guid.TryParse(request.After, out var id) ? id : throw Problem.Invalid("after", "list.cursor");
        var found = await store.ListAsync(current.Value.Unlimited ? null : current.Value.UserId ?? Guid.Empty, after, request.Limit + 1, ct);
        var items = new List<ImportView>();
        foreach (var import in found.Take(request.Limit)) items.Add(await views.OfAsync(import, ct) with { Preview = null });
        return new(items, found.Count > request.Limit ? items[^1].Id : null);
    }
}

/// <summary>Writes the file of rows with their reasons, page by page.</summary>
internal sealed class ErrorDownload(ImportStore store, ICatalogueSource source, Texts texts, CurrentActor current)
{
    public async Task WriteAsync(Import import, RowList list, Stream to, CancellationToken ct)
    {
        var type = source.Current.Find(import.RecordType);
        var locale = current.Value.Locale;
        await using var buffer = new MemoryStream();
        using var file = new ErrorFile(buffer, list == RowList.Kept ? [type?.Label.In(locale) ?? import.RecordType] : import.ReadColumns(), locale);
        var (position, part) = (-1L, 0);
        while (await store.ErrorsAsync(import.Id, list, position, part, ct) is { Count: > 0 } page)
        {
            foreach (var row in page) file.Add(row.Line, ErrorReasons.Tell(row.Reasons, type, source.Current, texts, locale), ErrorReasons.Cells(row.Cells));
            (position, part) = (page[^1].Position, page[^1].Part);
            await FlushAsync();
        }
        await FlushAsync();

        async Task FlushAsync()
        {
            file.Flush();
            buffer.Position = 0;
            await buffer.CopyToAsync(to, ct);
            buffer.SetLength(0);
        }
    }
}
