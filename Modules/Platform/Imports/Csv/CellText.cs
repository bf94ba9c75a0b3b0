namespace Crm.Platform.Imports.Csv;

internal static class CellText
{
    /// <summary>Trimmed, without the apostrophe that keeps it from being a formula.</summary>
    public static string Unmarked(string cell) => cell.Trim() is ['\'', '=' or '+' or '-' or '@', ..] marked ? marked[1..] : cell.Trim();

    /// <summary>Trimmed, full-width letters, digits and signs as plain ones, and without the apostrophe by which spreadsheets mark text.</summary>
    public static string Clean(string cell)
    {
        var text = cell.Trim().TrimStart('\uFEFF');
        if (text.StartsWith('\'')) text = text[1..];
        if (!text.Any(c => c is '\u3000' or '￥' or (>= '\uFF01' and <= '\uFF5E'))) return text;
        return string.Create(text.Length, text, (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = from[i] switch
                {
                    '\u3000' => ' ',
                    '￥' => '¥',
                    >= '\uFF01' and <= '\uFF5E' and var wide => (char)(wide - 0xFEE0),
                    var plain => plain,
                };
        }).Trim();
    }
}
