using Crm.Shared.Problems;

namespace Crm.Platform.Imports.Csv;

/// <summary>A CSV file read row by row; never more than one row is held. Columns without a name are called #1, #2... by place.</summary>
internal sealed class CsvFile : IDisposable
{
    /// <summary>Far more than anybody fills; a small file could name thousands, and each is compared with every field.</summary>
    private const int MostColumns = 500;
    private readonly TextReader text;
    private readonly IEnumerator<CsvRow> rows;
    private CsvRow? unread;

    /// <param name="stream">Seekable; read from its start and left open.</param>
    public CsvFile(Stream stream, CsvFormat format)
    {
        stream.Position = 0;
        text = format.Read(stream);
        rows = new CsvRecords(text, format.Delimiter).Read().GetEnumerator();
        var first = rows.MoveNext() ? rows.Current : throw Problem.Invalid("file", "import.emptyFile");
        if (first.Error is not null && format.Header) throw Problem.Invalid("file", "import.badHeader", first.Line);
        Columns = Name(format.Header ? first.Cells : [.. first.Cells.Select(_ => "")], format.Header);
        if (!format.Header) unread = first;
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows after the header, once. One with the wrong number of cells carries an error; empty cells too many at its end are let go.</summary>
    public IEnumerable<CsvRow> Rows()
    {
        if (unread is not null) yield return Checked(unread);
        unread = null;
        while (rows.MoveNext()) yield return Checked(rows.Current);
    }

    public void Dispose()
    {
        rows.Dispose();
        text.Dispose();
    }

    private CsvRow Checked(CsvRow row)
    {
        if (row.Error is not null || row.Cells.Count == Columns.Count) return row;
        if (row.Cells.Count > Columns.Count && row.Cells.Skip(Columns.Count).All(string.IsNullOrWhiteSpace))
            return row with { Cells = [.. row.Cells.Take(Columns.Count)] };
        return row with { Error = new("", "import.columnCount", Columns.Count, row.Cells.Count) };
    }

    private static List<string> Name(IReadOnlyList<string> header, bool trim)
    {
        var count = header.Count;
        while (trim && count > 1 && string.IsNullOrWhiteSpace(header[count - 1])) count--;
        if (count > MostColumns) throw Problem.Invalid("file", "import.tooManyColumns", MostColumns, count);
        var names = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var name = header[i].Trim() is { Length: > 0 } given ? given : $"#{i + 1}";
            var unique = name;
            for (var n = 2; names.Contains(unique, StringComparer.OrdinalIgnoreCase); n++) unique = $"{name} ({n})";
            names.Add(unique);
        }
        return names;
    }
}
