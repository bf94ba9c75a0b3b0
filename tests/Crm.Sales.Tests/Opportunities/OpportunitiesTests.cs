using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Sales.Tests.Opportunities;

public sealed class OpportunitiesTests
{
    private Company company = null!;

    [OneTimeSetUp]
    public async Task Start() => company = await Company.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task A_new_opportunity_stands_at_the_first_stage()
    {
        var deal = await company.Rep.PostJson("opportunities", new { name = "新项目", customer = company.Customer });
        deal.Text("stage").ShouldBe("discover");
        deal.Number("probability").ShouldBe(10);
        deal.Text("startedOn").ShouldBe("2026-03-02");
        deal.Text("stageChangedAt").ShouldNotBeNull();
    }

    [Test]
    public async Task The_largest_amounts_there_may_be_add_up()
    {
        var most = new { name = "巨额", customer = company.Customer, amount = 900_000_000_000_000m };
        var made = new[] { await company.Rep.CreateAsync("opportunities", most), await company.Rep.CreateAsync("opportunities", most) };
        (await company.Rep.GetJson("opportunities/board")).ToString().ShouldContain("\"amount\":18000000000");
        await company.Rep.GetJson("me/numbers");
        foreach (var deal in made) await company.Rep.SendAsync(HttpMethod.Delete, $"opportunities/{deal}", null);
    }

    [Test]
    public async Task Moving_sets_probability_and_dates_and_writes_history()
    {
        var id = await DealAsync();
        company.Crm.Time.Advance(TimeSpan.FromHours(2));
        (await company.Rep.PostJson($"opportunities/{id}/move", new { stage = "quote" })).Number("probability").ShouldBe(50);
        company.Crm.Time.Advance(TimeSpan.FromSeconds(90));
        var won = await company.Rep.PostJson($"opportunities/{id}/move", new { stage = "won" });
        won.Number("probability").ShouldBe(100);
        won.Text("closedOn").ShouldNotBeNull();
        var history = await company.Crm.RunAsync(services => services.GetRequiredService<Shared.Data.Session>()
            .QueryAsync<Step>("SELECT from_stage, to_stage, seconds_before FROM sales_stage_history WHERE opportunity_id = @id ORDER BY at, id", new { id }, default));
        history.Select(h => (h.FromStage, h.ToStage, h.SecondsBefore)).ShouldBe([(null, "discover", null), ("discover", "quote", 7200L), ("quote", "won", 90L)]);
    }

    [Test]
    public async Task A_lost_opportunity_says_why()
    {
        var id = await DealAsync();
        (await company.Rep.SendAsync(HttpMethod.Post, $"opportunities/{id}/move", new { stage = "lost" })).Is(400).Errors["lostReason"].ShouldBe("opportunity.lostReason");
        (await company.Rep.PostJson($"opportunities/{id}/move", new { stage = "lost", lostReason = "price" })).Number("probability").ShouldBe(0);
    }

    [Test]
    public async Task A_closed_opportunity_opens_again_only_by_moving()
    {
        var id = await DealAsync();
        await company.Rep.PostJson($"opportunities/{id}/move", new { stage = "lost", lostReason = "price" });
        (await company.Rep.SendAsync(HttpMethod.Patch, $"opportunities/{id}", new { stage = "propose" })).Is(409, "opportunity.closed");
        var open = await company.Rep.PostJson($"opportunities/{id}/move", new { stage = "propose" });
        open.Text("lostReason").ShouldBeNull();
        open.Text("closedOn").ShouldBeNull();
    }

    [Test]
    public async Task A_move_against_an_old_version_is_refused()
    {
        var id = await DealAsync();
        await company.Rep.PatchJson($"opportunities/{id}", new { note = "x" });
        (await company.Rep.SendAsync(HttpMethod.Post, $"opportunities/{id}/move", new { stage = "quote" }, ("If-Match", "\"1\""))).Is(412, "stale");
    }

    [Test]
    public async Task A_stage_that_does_not_exist_is_refused()
    {
        var id = await DealAsync();
        (await company.Rep.SendAsync(HttpMethod.Post, $"opportunities/{id}/move", new { stage = "nowhere" })).Is(400).Errors["stage"].ShouldBe("field.option");
    }

    [Test]
    public async Task The_amount_is_the_sum_of_the_lines_where_there_are_any()
    {
        var deal = await company.Rep.PostJson("opportunities", new
        {
            name = "带明细", customer = company.Customer, amount = 1,
            lines = new object[] { new { product = company.Server, quantity = 3, discount = 10 }, new { product = company.Service, quantity = 1, price = 450 } },
        });
        deal.Number("amount").ShouldBe(3150);
        (await company.Rep.PatchJson($"opportunities/{deal.GetProperty("id").GetGuid()}", new { amount = 5 })).Number("amount").ShouldBe(3150);
    }

    [Test]
    public async Task A_contact_of_another_customer_is_refused()
    {
        var other = await company.Rep.CreateAsync("customers", new { name = "别家" });
        var contact = await company.Rep.CreateAsync("contacts", new { name = "陈工", customer = other });
        (await company.Rep.SendAsync(HttpMethod.Post, "opportunities", new { name = "x", customer = company.Customer, contact })).Is(400).Errors["contact"].ShouldBe("opportunity.contactElsewhere");
    }

    [Test]
    public async Task An_imported_deal_keeps_its_dates_and_is_called_after_customer_and_product()
    {
        var deal = await company.Crm.RunAsync(services => services.GetRequiredService<IRecords>().CreateAsync("opportunity", new Dictionary<string, object?>
        {
            ["externalId"] = "1C1I7A6R", ["customer"] = company.Customer, ["product"] = company.Server, ["stage"] = "lost",
            ["startedOn"] = new DateOnly(2016, 10, 20), ["closedOn"] = new DateOnly(2017, 3, 1), ["amount"] = 0m,
        }, WriteOptions.None, default), Actor.System with { Source = Source.Import });
        deal.Name.ShouldBe("东方制造 · 服务器");
        deal["closedOn"].ShouldBe(new DateOnly(2017, 3, 1));
        deal["startedOn"].ShouldBe(new DateOnly(2016, 10, 20));
        deal.Text("lostReason").ShouldBe("unrecorded");
    }

    private Task<Guid> DealAsync() => company.Rep.CreateAsync("opportunities", new { name = "项目", customer = company.Customer, amount = 100 });

    private sealed class Step
    {
        public string? FromStage { get; init; }
        public string ToStage { get; init; } = "";
        public long? SecondsBefore { get; init; }
    }
}

public sealed class BoardTests
{
    [Test]
    public async Task Each_column_totals_what_the_reader_may_see_and_the_filter_finds()
    {
        await using var company = await Company.StartAsync();
        foreach (var (amount, stage) in new[] { (100m, "discover"), (250.5m, "discover"), (1000m, "quote"), (70m, "won") })
            await company.Rep.CreateAsync("opportunities", new { name = $"项目{amount}", customer = company.Customer, amount, stage });
        await company.Manager.CreateAsync("opportunities", new { name = "经理的项目", amount = 9999, stage = "quote" });

        Columns(await company.Rep.GetJson("opportunities/board")).ShouldBe([("discover", 2, 350.5m, 2), ("propose", 0, 0, 0), ("quote", 1, 1000, 1), ("negotiate", 0, 0, 0), ("won", 1, 70, 1), ("lost", 0, 0, 0)]);
        Columns(await company.Manager.GetJson("opportunities/board")).Single(c => c.Stage == "quote").ShouldBe(("quote", 2, 10999, 2));
        var large = Uri.EscapeDataString("""{"field":"amount","op":"gt","value":200}""");
        Columns(await company.Rep.GetJson($"opportunities/board?filter={large}")).Sum(c => c.Count).ShouldBe(2);
    }

    private static (string Stage, int Count, decimal Amount, int Items)[] Columns(JsonElement board) =>
        [.. board.GetProperty("columns").EnumerateArray().Select(c => (c.Text("stage")!, c.GetProperty("count").GetInt32(), c.Number("amount"), c.GetProperty("items").GetArrayLength()))];
}
