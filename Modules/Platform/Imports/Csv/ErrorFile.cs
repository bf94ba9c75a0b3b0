using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Crm.Platform.Imports.Csv;

/// <summary>The rows that did not land, as they came, with line in front and reason behind: correct them and import the file again.</summary>
internal sealed class ErrorFile : IDisposable
{
    // What a stranger wrote into a file must not run as a formula in the spreadsheet of who corrects it. The apostrophe goes again when the file comes back.
    private static readonly CsvConfiguration Harmless = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape };
    private readonly CsvWriter writer;
    private readonly int width;

    /// <param name="stream">Left open. Gets a byte order mark, by which spreadsheets know UTF-8.</param>
    public ErrorFile(Stream stream, IReadOnlyList<string> columns, string locale)
    {
        writer = new(new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true), Harmless);
        width = columns.Count;
        var english = locale.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        Write([english ? "Line" : "行号", .. columns, english ? "Reason" : "原因"]);
    }

    public void Add(long line, string reason, IReadOnlyList<string> cells) => Write([line.ToString(CultureInfo.InvariantCulture), .. cells, .. Enumerable.Repeat("", Math.Max(0, width - cells.Count)), reason]);

    public void Flush() => writer.Flush();

    public void Dispose() => writer.Dispose();

    private void Write(IEnumerable<string> cells)
    {
        foreach (var cell in cells) writer.WriteField(cell);
        writer.NextRecord();
    }
}
