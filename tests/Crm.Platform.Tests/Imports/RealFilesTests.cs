using Crm.Platform.Imports.Csv;

namespace Crm.Platform.Tests.Imports;

/// <summary>Over real files, where the folder <c>shared/data</c> stands beside the repository or above it.</summary>
public sealed class RealFilesTests
{
    private static CsvPreview Preview(string path)
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "shared", "data"))) folder = folder.Parent;
        if (folder is null) Assert.Ignore("There is no folder shared/data.");
        using var stream = File.OpenRead(Path.Combine(folder!.FullName, "shared", "data", path));
        return CsvPreview.Of(stream, ColumnGuessTests.Lead);
    }

    [TestCase("crm-opportunities/accounts.csv", 85, 7), TestCase("crm-opportunities/products.csv", 7, 3), TestCase("crm-opportunities/sales_teams.csv", 35, 3)]
    [TestCase("crm-opportunities/sales_pipeline.csv", 8800, 8), TestCase("marketing-funnel/qualified_leads.csv", 8000, 4), TestCase("marketing-funnel/closed_deals.csv", 842, 10)]
    public void Every_row_is_read(string path, int rows, int columns)
    {
        var preview = Preview(path);
        preview.Format.ShouldBe(new("utf-8", ',', true));
        preview.Count.ShouldBe(rows);
        preview.Columns.Count.ShouldBe(columns);
        preview.Rows.ShouldAllBe(r => r.Error == null);
    }

    [TestCase("crm-opportunities/sales_pipeline.csv", "engage_date", "MonthFirst"), TestCase("crm-opportunities/sales_pipeline.csv", "close_date", "MonthFirst")]
    [TestCase("marketing-funnel/qualified_leads.csv", "first_contact_date", "DayFirst"), TestCase("marketing-funnel/closed_deals.csv", "won_date", "Iso")]
    public void The_date_format_of_each_file_is_found(string path, string column, string format) =>
        Preview(path).Dates[column].ShouldBe(new(Enum.Parse<DateFormat>(format), false));

    [Test]
    public void Columns_that_hold_no_dates_are_not_taken_for_such() =>
        Preview("crm-opportunities/sales_pipeline.csv").Dates.Keys.ShouldBe(["engage_date", "close_date"]);
}
