using System.Diagnostics;
using System.Globalization;

namespace Crm.Workflows.Tests.Simulation;

/// <summary>Seeded histories of the real engine, runtime and database. A failure prints its seed and the shortest history that still fails;
/// CRM_SEED repeats one as it was and shows how its approvals stand, CRM_MINUTES makes the long run longer or shorter.</summary>
[NonParallelizable]
internal sealed class SimulationTests
{
    private World world = null!;

    [OneTimeSetUp]
    public async Task Start() => world = await World.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await world.DisposeAsync();

    [Test]
    public async Task A_seed_always_gives_the_same_history()
    {
        var (one, two) = (new History(world, new Choices(Numbers(7, 40))), new History(world, new Choices(Numbers(7, 40))));
        await one.PlayAsync();
        await two.PlayAsync();
        two.Told.ShouldBe(one.Told);
    }

    [TestCase(Fault.DiesBefore), TestCase(Fault.DiesAfter), TestCase(Fault.CommitFails), TestCase(Fault.Busy), TestCase(Fault.GivesWay)]
    public async Task A_fault_at_any_transaction_of_a_deal_breaks_no_guarantee(Fault fault)
    {
        var transactions = await new History(world, new Choices([])).PlayOneDealAsync(null, 0);
        for (var at = 0; at < transactions; at++)
        {
            var history = new History(world, new Choices([]));
            try { await history.PlayOneDealAsync(fault, at); }
            catch (Exception why) { Assert.Fail($"Transaction {at} meets {fault}: {why}\n{string.Join('\n', history.Told)}"); }
        }
        TestContext.Out.WriteLine($"{transactions} transactions");
    }

    [Test]
    public Task Whatever_goes_wrong_for_a_few_seconds_every_guarantee_holds() => ForAsync(TimeSpan.FromSeconds(10), 25);

    [Test, Explicit, Category("Torture")]
    public Task Whatever_goes_wrong_for_half_an_hour_every_guarantee_holds() => ForAsync(TimeSpan.FromMinutes(Given("CRM_MINUTES") ?? 30), 120);

    /// <param name="longest">Most choices of a history; a step takes a few.</param>
    private async Task ForAsync(TimeSpan time, int longest)
    {
        var only = Given("CRM_SEED");
        var first = only ?? Environment.TickCount;
        var (watch, played, deaths) = (Stopwatch.StartNew(), 0, 0);
        for (var seed = first; only is null ? watch.Elapsed < time : played < 1; seed++, played++, deaths += world.Deaths)
        {
            var numbers = Numbers(seed, longest);
            if (await FailureAsync(numbers) is not { } why) continue;
            var shortest = only is null ? await new Shrinking(FailureAsync).ShrinkAsync(numbers) : numbers;
            var history = new History(world, new Choices(shortest));
            try { await history.PlayAsync(); }
            catch (Exception again) { why = again; }
            Assert.Fail($"Seed {seed}: {why}\n\nThe shortest history that fails ({shortest.Length} choices):\n{string.Join('\n', history.Told)}"
                + (only is null ? "" : "\n" + string.Join('\n', await world.Observer.QueryAsync<string>("SELECT state FROM workflows_approval WHERE status < 2"))));
        }
        TestContext.Out.WriteLine($"{played} histories from seed {first}, {deaths} deaths of hosts");
    }

    private static int? Given(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : null;

    private static int[] Numbers(int seed, int longest)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, longest + random.Next(longest * 4)).Select(_ => random.Next(0, 1 << 20))];
    }

    private async Task<Exception?> FailureAsync(int[] numbers)
    {
        try
        {
            await new History(world, new Choices(numbers)).PlayAsync();
            return null;
        }
        catch (Exception why)
        {
            return why;
        }
    }
}
