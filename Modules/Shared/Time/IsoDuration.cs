using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Crm.Shared.Time;

/// <summary>ISO 8601 durations without months and years: <c>P3D</c>, <c>PT1H30M</c>, <c>-P1W</c>. A sign in front counts for all of it.</summary>
public static partial class IsoDuration
{
    private const long MaxSeconds = 36_600L * 86_400;

    /// <summary>Weeks come as seven days each. False also for what exceeds a hundred years.</summary>
    public static bool TryParse(string text, out int days, out TimeSpan time)
    {
        (days, time) = (0, default);
        var match = Form().Match(text);
        if (!match.Success || text[^1] is 'P' or 'T') return false;
        long Part(string name) => match.Groups[name].Success ? long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var wholeDays = Part("w") * 7 + Part("d");
        var seconds = (Part("h") * 60 + Part("m")) * 60 + Part("s");
        if (wholeDays * 86_400 + seconds > MaxSeconds) return false;
        var sign = match.Groups["minus"].Success ? -1 : 1;
        (days, time) = (sign * (int)wholeDays, TimeSpan.FromSeconds(sign * seconds));
        return true;
    }

    /// <summary>The shortest form; <c>PT0S</c> for nothing. Days and time must not differ in sign.</summary>
    public static string Format(int days, TimeSpan time)
    {
        var text = new StringBuilder(days < 0 || time < TimeSpan.Zero ? "-P" : "P");
        time = time.Duration();
        if (days != 0) text.Append(Math.Abs(days)).Append('D');
        if (time == TimeSpan.Zero) return days == 0 ? "PT0S" : text.ToString();
        text.Append('T');
        if ((long)time.TotalHours is > 0 and var hours) text.Append(hours).Append('H');
        if (time.Minutes > 0) text.Append(time.Minutes).Append('M');
        if (time.Seconds > 0) text.Append(time.Seconds).Append('S');
        return text.ToString();
    }

    [GeneratedRegex(@"^(?<minus>-)?P((?<w>\d{1,9})W)?((?<d>\d{1,9})D)?(T((?<h>\d{1,9})H)?((?<m>\d{1,9})M)?((?<s>\d{1,9})S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
