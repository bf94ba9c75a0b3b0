namespace Crm.Platform.Imports.Csv;

/// <summary>What the values of a column say about how its dates are written.</summary>
/// <param name="Format">Null where most values are no dates.</param>
/// <param name="Ambiguous">Day and month may change places in every value: somebody has to say.</param>
internal sealed record DateGuess(DateFormat? Format, bool Ambiguous)
{
    public static readonly DateGuess None = new(null, false);
}

/// <summary>Counts by value which date formats fit a column; holds no values.</summary>
internal sealed class DateTally
{
    private readonly int[] fits = new int[Enum.GetValues<DateFormat>().Length];
    private int values;

    public void Add(string cell)
    {
        // A column whose first values are no dates is none.
        if (values >= 200 && fits.All(n => n == 0)) return;
        var text = CellText.Clean(cell);
        if (text.Length == 0) return;
        values++;
        foreach (var reading in DateText.Readings(text)) fits[(int)reading.Format]++;
    }

    public DateGuess Guess()
    {
        var best = (DateFormat)Array.IndexOf(fits, fits.Max());
        if (values == 0 || fits[(int)best] * 10 < values * 8) return DateGuess.None;
        var ambiguous = best is DateFormat.DayFirst && fits[(int)DateFormat.DayFirst] == fits[(int)DateFormat.MonthFirst];
        return new(best, ambiguous);
    }

    public static DateGuess Of(IEnumerable<string> cells)
    {
        var tally = new DateTally();
        foreach (var cell in cells) tally.Add(cell);
        return tally.Guess();
    }
}
