using Crm.Platform.Imports.Csv;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared;

namespace Crm.Platform.Imports;

/// <summary>An import as the API shows it.</summary>
internal sealed record ImportView(
    Guid Id, string Type, string File, string State, bool Checked, long Total, long Done, long Created, long Updated, long Skipped, long Failed,
    long Undone, long Kept, string? Failure, DateTime CreatedAt, DateTime? StartedAt, DateTime? EndedAt, Ref? CreatedBy,
    IReadOnlyList<string> Columns, IReadOnlyDictionary<string, ColumnMapping?> Mapping, IReadOnlyDictionary<string, string> Values, DuplicateMode Duplicates, bool StartSops,
    string Encoding, string Delimiter)
{
    /// <summary>The first rows, while there is still something to decide.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Preview { get; init; }
    /// <summary>Field by column, of a new file.</summary>
    public IReadOnlyDictionary<string, string>? Guess { get; init; }
    /// <summary>How columns with dates write them, of a new file.</summary>
    public IReadOnlyDictionary<string, DateGuess>? Dates { get; init; }
    /// <summary>The mapping is that of the last file with these columns.</summary>
    public bool? Remembered { get; init; }
    /// <summary>The same as <see cref="Total"/>, of a new file.</summary>
    public long? Rows { get; init; }
}

internal sealed record Ref(Guid Id, string? Name);

internal sealed class ImportViews(ImportStore store, ImportFiles files, IDirectory people, CurrentActor current, Texts texts)
{
    private const int Shown = 20;

    public async Task<ImportView> OfAsync(Guid id, CancellationToken ct) => await OfAsync((await store.FindAsync(id, ct))!, ct);

    public async Task<ImportView> OfAsync(Import import, CancellationToken ct)
    {
        var view = await people.ReadAsync(ct);
        var (mapping, format) = (import.ReadMapping(), import.ReadFormat());
        return new(
            import.Id, import.RecordType, import.FileName, import.State, import.Checked, import.Total, import.Done, import.Created, import.Updated, import.Skipped, import.Failed,
            import.Undone, import.Kept, import.Failure is { } code ? texts.Get(current.Value.Locale, code) : null, import.CreatedAt, import.StartedAt, import.EndedAt,
            import.UserId is { } by ? new(by, view.Person(by)?.Name) : null,
            import.ReadColumns(), mapping.Mapping, mapping.Values, mapping.Duplicates, mapping.StartSops, format.Encoding, format.Delimiter.ToString())
        {
            Preview = import.State == ImportState.Draft ? [.. files.RowsFrom(import, 0, Shown).Select(r => r.Row.Cells)] : null,
        };
    }
}
