using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Platform.Imports.Csv;

/// <summary>Numbers as people write them: ¥1,234.50, 1.234,50 €, (300), 12.5万.</summary>
internal static partial class NumberText
{
    public static bool TryParse(string text, out decimal value)
    {
        value = 0;
        var match = Form().Match(CellText.Clean(text));
        if (!match.Success || match.Groups["open"].Success != match.Groups["close"].Success) return false;
        if (!decimal.TryParse(Plain(match.Groups["n"].Value), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)) return false;
        var unit = match.Groups["unit"].Value switch { "万" => 10_000m, "亿" => 100_000_000m, _ => 1m };
        if (value > decimal.MaxValue / unit) return false;
        value *= unit;
        if (match.Groups["minus"].Success || match.Groups["open"].Success) value = -value;
        return true;
    }

    // Where point and comma both stand, the last one is the decimal sign; a lone comma groups thousands only before exactly three digits.
    private static string Plain(string number)
    {
        number = number.Replace(" ", "").Replace("'", "").Replace("\u00A0", "");
        var (comma, point) = (number.LastIndexOf(','), number.LastIndexOf('.'));
        if (comma < 0) return number.Count(c => c == '.') > 1 ? number.Replace(".", "") : number;
        var decimalComma = point >= 0 ? comma > point : number.Count(c => c == ',') == 1 && !Thousands().IsMatch(number);
        return decimalComma ? number.Replace(".", "").Replace(',', '.') : number.Replace(",", "");
    }

    [GeneratedRegex(@"^\d{1,3},\d{3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex("""
        ^(?<minus>[-−])?\s?(?<open>\()?\s?(?:[¥$€£]|RMB|CNY|USD|EUR|US\$)?\s?(?<minus>[-−])?\+?
        (?<n>(?:\d{1,3}(?:[,.'\s\u00A0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?)
        \s?(?<unit>万|亿)?\s?(?:元|人民币|[¥$€£]|RMB|CNY|USD|EUR)?\s?(?<close>\))?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
