using Crm.Platform.Imports.Csv;

namespace Crm.Platform.Tests.Imports;

public sealed class DateTallyTests
{
    [TestCase("2026-01-02 2026-11-22", "Iso"), TestCase("02/01/2026 22/11/2026", "DayFirst"), TestCase("01/02/2026 11/22/2026", "MonthFirst"), TestCase("2026年1月2日 2026年11月22日", "Chinese")]
    public void One_telling_value_decides_a_column(string cells, string format) =>
        DateTally.Of(cells.Split(' ')).ShouldBe(new(Enum.Parse<DateFormat>(format), false));

    [Test] public void Days_that_could_be_months_are_told_to_be_ambiguous() => DateTally.Of(["01/02/2026", "03/04/2026", ""]).Ambiguous.ShouldBeTrue();

    [Test] public void A_few_bad_values_do_not_hide_the_format() =>
        DateTally.Of([.. Enumerable.Repeat("22/11/2026", 9), "soon"]).ShouldBe(new(DateFormat.DayFirst, false));

    [Test]
    public void Other_columns_are_no_dates()
    {
        DateTally.Of(["a", "b"]).ShouldBe(DateGuess.None);
        DateTally.Of([]).ShouldBe(DateGuess.None);
        DateTally.Of(["13800000000", "13900000000"]).ShouldBe(DateGuess.None);
    }
}
