using System.Diagnostics;
using Crm.Testing;
using Dapper;

namespace Crm.Benchmarks;

/// <summary>A page of 50 of 200,000 leads, filtered by owner and region, best score first, through HTTP as JSON.</summary>
internal static class PageOfLeads
{
    private const int Rounds = 2000;
    // Both processes compile and observe what they run first.
    private const int WarmUp = 1000;

    public static async Task<IEnumerable<Figure>> RunAsync()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        await host.SetUpAsync();
        var me = (await host.SendAsync(HttpMethod.Get, "me", null)).GetProperty("id").GetGuid();
        await host.SendAsync(HttpMethod.Post, "leads", new { name = "模板", phone = "13800001234", company = "试验公司", region = "east", owner = me, score = 1 });
        await using var db = await Bare.OpenAsync(host.Database);
        var columns = string.Join(", ", (await db.QueryAsync<string>("SELECT name FROM pragma_table_info('leads_lead') WHERE name NOT IN ('id', 'number', 'score', 'region', 'name')")));
        await db.ExecuteAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            INSERT INTO leads_lead (id, number, score, region, name, {columns})
            SELECT randomblob(16), 'B-' || i, abs(random() % 1000), CASE i % 4 WHEN 0 THEN 'east' WHEN 1 THEN 'south' WHEN 2 THEN 'north' ELSE 'central' END, '线索' || i, {columns} FROM n, (SELECT * FROM leads_lead LIMIT 1)
            """);
        await db.ExecuteAsync("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
        var all = string.Join(", ", await db.QueryAsync<string>("SELECT name FROM pragma_table_info('leads_lead')"));
        var sql = $"SELECT {all} FROM leads_lead WHERE deleted_at IS NULL AND owner_id = @owner AND region = 'east' ORDER BY score DESC, id DESC LIMIT 50";
        var filter = Uri.EscapeDataString($$"""{"and":[{"field":"owner","op":"eq","value":"{{me}}"},{"field":"region","op":"eq","value":"east"}]}""");
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            var rows = (await db.QueryAsync(sql, new { owner = me.ToByteArray(true) })).AsList();
            if (i >= WarmUp) bare.Add(watch.Elapsed.TotalMilliseconds);
            watch.Restart();
            var page = await host.SendAsync(HttpMethod.Get, $"leads?filter={filter}&sort=-score&limit=50", null);
            if (i >= WarmUp) ours.Add(watch.Elapsed.TotalMilliseconds);
            if (rows.Count != 50 || page.GetProperty("items").GetArrayLength() != 50) throw new InvalidOperationException("A page has 50 rows.");
        }
        var (mine, raw) = (Bare.Percentile(ours, 0.5), Bare.Percentile(bare, 0.5));
        Console.WriteLine($"page of 50: {mine:F2} ms through HTTP, {raw:F2} ms bare");
        return [new("a page of 50 of 200,000 leads by owner and region, best score first, through HTTP", $"{mine:F2} ms", $"{raw:F2} ms through Dapper", $"{mine / raw:F1}", "at most 3")];
    }
}
