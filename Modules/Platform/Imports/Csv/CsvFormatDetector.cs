using System.Text;
using Crm.Shared.Problems;

namespace Crm.Platform.Imports.Csv;

/// <summary>Finds out how a CSV file is written. The encoding is judged by the whole file, the rest by its beginning.</summary>
internal static class CsvFormatDetector
{
    private const int Sample = 64 * 1024;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>Reads a seekable stream and leaves it at its start. Refuses what is empty or no text at all.</summary>
    public static CsvFormat Detect(Stream stream)
    {
        var encoding = EncodingOf(stream);
        var format = new CsvFormat(encoding, ',', Header: true);
        var text = Beginning(stream, format);
        stream.Position = 0;
        if (string.IsNullOrWhiteSpace(text)) throw Problem.Invalid("file", "import.emptyFile");
        if (text.Contains('\0')) throw Problem.Invalid("file", "import.notCsv");

        var delimiter = CsvRecords.Separator(text.AsSpan(0, Math.Min(text.Length, 7))) ?? BestDelimiter(text);
        var first = new CsvRecords(new StringReader(text), delimiter).Read().First();
        return format with { Delimiter = delimiter, Header = LooksLikeHeader(first.Cells) };
    }

    private static string EncodingOf(Stream stream)
    {
        stream.Position = 0;
        var head = new byte[4];
        var length = stream.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        stream.Position = 0;
        return head.AsSpan(0, length) switch
        {
            [0x50, 0x4B, 0x03, 0x04] => throw Problem.Invalid("file", "import.notCsv"), // a workbook or another zip
            [0xEF, 0xBB, 0xBF, ..] => "utf-8",
            [0xFF, 0xFE, ..] => "utf-16",
            [0xFE, 0xFF, ..] => "utf-16BE",
            _ => IsUtf8(stream) ? "utf-8" : "gb18030",
        };
    }

    // Chinese text in GB18030 is nearly all errors when read as UTF-8; a UTF-8 file with a few damaged characters stays UTF-8.
    private static bool IsUtf8(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var (buffer, good, bad) = (new char[16 * 1024], 0L, 0L);
        while (reader.Read(buffer) is > 0 and var count)
            foreach (var c in buffer.AsSpan(0, count))
                if (c == '\uFFFD') bad++;
                else if (c > '\u007F') good++;
        return bad * 4 <= good;
    }

    private static string Beginning(Stream stream, CsvFormat format)
    {
        stream.Position = 0;
        using var reader = format.Read(stream);
        var buffer = new char[Sample];
        return new(buffer, 0, reader.ReadBlock(buffer));
    }

    // The delimiter by which most rows agree on their number of columns; between equals the one that gives more columns.
    private static char BestDelimiter(string text) => Delimiters.MaxBy(delimiter =>
    {
        var counts = new CsvRecords(new StringReader(text), delimiter).Read().Take(100).Where(r => r.Error is null).Select(r => r.Cells.Count).ToArray();
        if (counts.GroupBy(n => n).MaxBy(g => g.Count()) is not { Key: > 1 } usual) return (0, 0);
        return (100 * usual.Count() / counts.Length, usual.Key);
    });

    private static bool LooksLikeHeader(IReadOnlyList<string> cells)
    {
        var named = cells.Select(c => c.Trim()).Where(c => c.Length > 0).ToArray();
        return named.Length > 0
            && named.Distinct(StringComparer.OrdinalIgnoreCase).Count() == named.Length
            && !named.Any(c => c.Contains('@') || NumberText.TryParse(c, out _) || DateText.Readings(c).Count > 0);
    }
}
