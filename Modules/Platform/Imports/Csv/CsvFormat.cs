using System.Text;

namespace Crm.Platform.Imports.Csv;

/// <summary>How a CSV file is written.</summary>
/// <param name="Encoding"><c>utf-8</c>, <c>utf-16</c>, <c>utf-16BE</c> or <c>gb18030</c>.</param>
/// <param name="Header">The first row names the columns.</param>
internal sealed record CsvFormat(string Encoding, char Delimiter, bool Header)
{
    public TextReader Read(Stream stream) => new StreamReader(stream, Decoder(Encoding), detectEncodingFromByteOrderMarks: true, leaveOpen: true);

    private static Encoding Decoder(string name) =>
        name.Equals("gb18030", StringComparison.OrdinalIgnoreCase)
            ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!
            : System.Text.Encoding.GetEncoding(name);
}
