using System.Text;
using Crm.Shared.Problems;

namespace Crm.Platform.Imports.Csv;

/// <summary>One row as it stands in a file.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="Raw">Its text; of a broken row its first line.</param>
internal sealed record CsvRow(long Line, IReadOnlyList<string> Cells, string Raw, FieldError? Error = null);

/// <summary>Cuts text into rows and cells as RFC 4180 has it, in bounded memory. A row whose quotes are broken costs only its own first line:
/// reading goes on with the next one. (Parsers made for whole files take everything after an unclosed quote for one cell.)</summary>
internal sealed class CsvRecords(TextReader reader, char delimiter)
{
    private const int MaxLength = 256 * 1024;
    private const int MaxLines = 200;

    // Lines taken on trial for a row that turned out broken.
    private readonly LinkedList<Line> ahead = new();
    private long number;
    private int? peeked;

    private sealed record Line(long Number, string Text, bool TooLong);

    /// <summary>The delimiter that a first line <c>sep=;</c> names, as Excel writes it.</summary>
    public static char? Separator(ReadOnlySpan<char> start) =>
        start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && start.Length > 4 && (start.Length == 5 || start[5] is '\r' or '\n') ? start[4] : null;

    public IEnumerable<CsvRow> Read()
    {
        while (Next() is { } line)
        {
            if (line.TooLong) yield return Broken(line, new("", "import.rowTooLong", MaxLength));
            else if (line.Number == 1 && Separator(line.Text) is not null || string.IsNullOrWhiteSpace(line.Text)) continue;
            else if (Row(line) is var row && row.Cells.Any(c => !string.IsNullOrWhiteSpace(c))) yield return row;
        }
    }

    private CsvRow Row(Line first)
    {
        var row = new CellSplitter(delimiter);
        var lines = new List<Line> { first };
        var length = first.Text.Length;
        var state = row.Take(first.Text);
        while (state == CellSplitter.State.Open && lines.Count < MaxLines && length < MaxLength && Next() is { } next)
        {
            lines.Add(next);
            length += next.Text.Length;
            if (next.TooLong) break;
            state = row.Take(next.Text);
        }
        if (state == CellSplitter.State.Done)
        {
            var raw = lines.Count == 1 ? first.Text : string.Join('\n', lines.Select(l => l.Text));
            return new(first.Number, row.Cells, raw, raw.Contains('\uFFFD') ? new("", "import.badCharacter") : null);
        }
        for (var i = lines.Count - 1; i > 0; i--) ahead.AddFirst(lines[i]);
        return Broken(first, new("", "import.brokenQuote"));
    }

    private static CsvRow Broken(Line line, FieldError error) => new(line.Number, [line.Text], line.Text, error);

    private Line? Next()
    {
        if (ahead.First is not { } first) return ReadLine();
        ahead.RemoveFirst();
        return first.Value;
    }

    private Line? ReadLine()
    {
        var c = Character();
        if (c < 0) return null;
        var text = new StringBuilder();
        var tooLong = false;
        for (; c >= 0 && c is not ('\n' or '\r'); c = Character())
            if (text.Length < MaxLength) text.Append((char)c);
            else tooLong = true;
        if (c == '\r' && Character() is var after and not '\n') peeked = after;
        return new(++number, text.ToString(), tooLong);
    }

    private int Character()
    {
        if (peeked is not { } character) return reader.Read();
        peeked = null;
        return character;
    }
}
