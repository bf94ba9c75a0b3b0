using System.Globalization;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Testing;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Platform.Tests.Imports.ImportTrials;

namespace Crm.Platform.Tests.Imports;

/// <summary>Two real companies' files, with mappings only. Needs the folder <c>shared/data</c> beside the repository or above it.</summary>
public sealed class RealImportTests
{
    private TestCrm crm = null!;
    private ImportTrials trials = null!;
    private string data = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "shared", "data"))) folder = folder.Parent;
        if (folder is null) Assert.Ignore("There is no folder shared/data.");
        data = Path.Combine(folder!.FullName, "shared", "data");
        crm = await TestCrm.StartAsync();
        trials = new(crm, crm.Admin);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (crm is not null) await crm.DisposeAsync();
    }

    [Test]
    public async Task The_marketing_funnel_lands_with_the_totals_of_its_files()
    {
        Sums(await ImportAsync("lead", "marketing-funnel/qualified_leads.csv", "leads")).ShouldBe(("done", 8000, 0, 0, 0));
        Sums(await ImportAsync("lead", "marketing-funnel/closed_deals.csv", "closed")).ShouldBe(("done", 0, 842, 0, 0));

        var origins = new Dictionary<string, string> { ["organicSearch"] = "organic_search", ["paidSearch"] = "paid_search", ["direct"] = "direct_traffic", ["advertising"] = "other_publicities" };
        var leads = Rows("marketing-funnel/qualified_leads.csv").CountBy(r => $"{r["first_contact_date"][6..]}-{r["first_contact_date"][3..5]} {r["origin"]}");
        (await GroupsAsync($"SELECT {Month("first_contact_date")} AS a, source AS b, COUNT(*) AS n, 0 AS v FROM leads_lead GROUP BY {Month("first_contact_date")}, source"))
            .Select(g => KeyValuePair.Create($"{g.A} {(g.B is null ? "" : origins.GetValueOrDefault(g.B, g.B))}", (int)g.N)).ShouldBe(leads, ignoreOrder: true);

        var deals = Rows("marketing-funnel/closed_deals.csv").CountBy(r => r["business_segment"]);
        (await GroupsAsync("SELECT segment AS a, NULL AS b, COUNT(*) AS n, 0 AS v FROM leads_lead WHERE won_date IS NOT NULL GROUP BY segment"))
            .Select(g => KeyValuePair.Create(g.A ?? "", (int)g.N)).ShouldBe(deals, ignoreOrder: true);
    }

    [Test]
    public async Task The_sales_pipeline_lands_with_the_totals_of_its_files()
    {
        Sums(await ImportAsync("unit", "crm-opportunities/sales_teams.csv", "units")).ShouldBe(("done", 3, 0, 32, 0));
        Sums(await ImportAsync("user", "crm-opportunities/sales_teams.csv", "managers")).ShouldBe(("done", 6, 0, 29, 0));
        Sums(await ImportAsync("unit", "crm-opportunities/sales_teams.csv", "teams")).ShouldBe(("done", 6, 0, 29, 0));
        Sums(await ImportAsync("user", "crm-opportunities/sales_teams.csv", "agents")).ShouldBe(("done", 35, 0, 0, 0));
        Sums(await ImportAsync("product", "crm-opportunities/products.csv", "products")).ShouldBe(("done", 7, 0, 0, 0));
        Sums(await ImportAsync("customer", "crm-opportunities/accounts.csv", "customers")).ShouldBe(("done", 85, 0, 0, 0));
        Sums(await ImportAsync("opportunity", "crm-opportunities/sales_pipeline.csv", "opportunities")).ShouldBe(("done", 8800, 0, 0, 0));

        var deals = Rows("crm-opportunities/sales_pipeline.csv").ToList();
        var stages = new Dictionary<string, string> { ["Won"] = "won", ["Lost"] = "lost", ["Engaging"] = "propose", ["Prospecting"] = "discover" };
        (await GroupsAsync("SELECT stage AS a, NULL AS b, COUNT(*) AS n, 0 AS v FROM sales_opportunity GROUP BY stage"))
            .Select(g => KeyValuePair.Create(g.A!, (int)g.N)).ShouldBe(deals.CountBy(d => stages[d["deal_stage"]]), ignoreOrder: true);

        var won = deals.Where(d => d["deal_stage"] == "Won").ToList();
        await WonBy("u.name", d => d["sales_agent"]);
        await WonBy(Month("o.closed_on"), d => DateOnly.ParseExact(d["close_date"], "M/d/yyyy", CultureInfo.InvariantCulture).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        await WonBy("p.name", d => d["product"] == "GTXPro" ? "GTX Pro" : d["product"]);
        await WonBy("c.name", d => d["account"]);
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM sales_opportunity WHERE customer_id IS NULL")).ShouldBe(deals.Count(d => d["account"].Length == 0));
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM sales_opportunity_line")).ShouldBe(8800);
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM sales_customer WHERE parent_id IS NOT NULL")).ShouldBe(Rows("crm-opportunities/accounts.csv").Count(a => a["subsidiary_of"].Length > 0));
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM sales_customer WHERE industry = 'technology'")).ShouldBe(Rows("crm-opportunities/accounts.csv").Count(a => a["sector"] == "technolgy"));

        async Task WonBy(string column, Func<Dictionary<string, string>, string> of)
        {
            var sql = $"""
                SELECT {column} AS a, NULL AS b, COUNT(*) AS n, SUM(o.amount) AS v FROM sales_opportunity o
                JOIN platform_user u ON u.id = o.owner_id JOIN sales_product p ON p.id = o.product_id LEFT JOIN sales_customer c ON c.id = o.customer_id
                WHERE o.stage = 'won' GROUP BY {column}
                """;
            (await GroupsAsync(sql)).Select(g => (g.A!, (int)g.N, g.V / Stored.Scale)).ShouldBe(
                won.GroupBy(of).Select(g => (g.Key, g.Count(), g.Sum(d => long.Parse(d["close_value"], CultureInfo.InvariantCulture)))), ignoreOrder: true);
        }
    }

    private async Task<JsonElement> ImportAsync(string type, string path, string mapping)
    {
        var upload = (await trials.TryUploadAsync(type, await File.ReadAllBytesAsync(Path.Combine(data, path)), Path.GetFileName(path))).Is(201).Json;
        var import = await trials.ImportAsync(upload, await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "Imports", "RealData", $"{mapping}.json")));
        if (import.GetProperty("failed").GetInt64() > 0) TestContext.Out.WriteLine(string.Join('\n', (await trials.ErrorsAsync(import)).Take(10)));
        return import;
    }

    /// <summary>The file as another program reads it.</summary>
    private IEnumerable<Dictionary<string, string>> Rows(string path)
    {
        using var reader = new CsvReader(new StreamReader(Path.Combine(data, path)), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        while (reader.Read()) yield return reader.HeaderRecord!.ToDictionary(h => h, h => reader.GetField(h)!);
    }

    private string Month(string column) => crm.Services.GetRequiredService<Dialect>().Month(column);

    private Task<IReadOnlyList<Group>> GroupsAsync(string sql) => crm.RunAsync(s => s.GetRequiredService<Session>().QueryAsync<Group>(sql, null, CancellationToken.None));

    private sealed class Group
    {
        public string? A { get; init; }
        public string? B { get; init; }
        public long N { get; init; }
        public long V { get; init; }
    }
}
