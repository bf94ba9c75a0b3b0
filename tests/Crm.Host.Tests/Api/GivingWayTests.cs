using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Host.Tests.Api;

internal sealed class GivingWayTests
{
    private readonly Rival rival = new();
    private TestCrm crm = null!;

    [OneTimeSetUp]
    public async Task Start() => crm = await TestCrm.StartAsync(o => o.Services = services => services.AddScoped<IRecordRule>(_ => rival));

    [OneTimeTearDown]
    public async Task Stop() => await crm.DisposeAsync();

    [Test]
    public async Task A_request_whose_transaction_had_to_give_way_is_done_again()
    {
        rival.Wins = 2;
        var first = (await SendAsync("让路", "way-1")).Is(201);
        (await SendAsync("让路", "way-1")).Text.ShouldBe(first.Text);
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM leads_lead WHERE name = @name", new { name = "让路" })).ShouldBe(1);
    }

    [Test]
    public async Task Who_has_to_give_way_again_and_again_is_asked_to_come_back()
    {
        rival.Wins = 100;
        (await SendAsync("久等", "way-2")).Is(503, "busy");
        rival.Wins = 0;
        (await SendAsync("久等", "way-2")).Is(201);
    }

    private Task<TestAnswer> SendAsync(string name, string key) => crm.Admin.SendAsync(HttpMethod.Post, "leads", new { name }, ("Idempotency-Key", key));

    /// <summary>Another transaction that the database prefers.</summary>
    private sealed class Rival : IRecordRule
    {
        public int Wins { get; set; }
        public string? RecordType => "lead";

        public Task BeforeSaveAsync(RecordChange change, CancellationToken ct) => Wins-- > 0 ? throw new TransactionLost() : Task.CompletedTask;
    }
}
