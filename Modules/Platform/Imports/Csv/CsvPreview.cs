using Crm.Shared.Records;

namespace Crm.Platform.Imports.Csv;

/// <summary>What an uploaded file looks like before anybody said anything about it.</summary>
/// <param name="Guess">Field key by column.</param>
/// <param name="Dates">How columns that hold dates write them.</param>
/// <param name="Count">Rows of the file without its header.</param>
internal sealed record CsvPreview(
    CsvFormat Format, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string> Guess,
    IReadOnlyDictionary<string, DateGuess> Dates, IReadOnlyList<CsvRow> Rows, long Count)
{
    private const int Shown = 20;

    /// <summary>Reads the whole of a seekable stream once more; holds only the first rows.</summary>
    /// <param name="format">Null to detect it.</param>
    public static CsvPreview Of(Stream stream, RecordType type, CsvFormat? format = null)
    {
        format ??= CsvFormatDetector.Detect(stream);
        using var file = new CsvFile(stream, format);
        var tallies = file.Columns.Select(_ => new DateTally()).ToArray();
        var (shown, count) = (new List<CsvRow>(), 0L);
        foreach (var row in file.Rows())
        {
            count++;
            if (shown.Count < Shown) shown.Add(row);
            if (row.Error is not null) continue;
            for (var i = 0; i < tallies.Length; i++) tallies[i].Add(row.Cells[i]);
        }
        var dates = file.Columns.Zip(tallies, (column, tally) => (column, Guess: tally.Guess())).Where(d => d.Guess.Format is not null);
        return new(format, file.Columns, ColumnGuess.Of(file.Columns, type), dates.ToDictionary(d => d.column, d => d.Guess), shown, count);
    }
}
