using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Shared.Tests.Work;

public sealed class WorkQueueTests
{
    private Kernel kernel = null!;
    private Log log = null!;

    [SetUp]
    public async Task Start()
    {
        log = new();
        kernel = await Kernel.StartAsync(s => s.AddSingleton(log).AddScoped<IWorkHandler, Note>().AddScoped<IOutsideHandler, Post>());
        await ExecuteAsync("CREATE TABLE t_effect (what TEXT)");
    }

    [TearDown]
    public async Task Stop() => await kernel.DisposeAsync();

    [Test]
    public async Task Work_of_a_rolled_back_transaction_never_was()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => kernel.RunAsync(async (s, _) =>
        {
            await s.GetRequiredService<Session>().InTransactionAsync(async () =>
            {
                await s.GetRequiredService<WorkQueue>().EnqueueAsync("note", null, "a", Lane.Normal, null, default);
                throw new InvalidOperationException();
            }, default);
        }));
        (await kernel.Runner.RunAllDueAsync(default)).ShouldBe(0);
    }

    [Test]
    public async Task A_failing_item_does_not_harm_its_neighbours_and_comes_back()
    {
        await EnqueueAsync("a");
        await EnqueueAsync("fail:1");
        await EnqueueAsync("b");
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["a", "b"], ignoreOrder: true);
        kernel.Time.Advance(TimeSpan.FromMinutes(1));
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["a", "b", "fail:1"], ignoreOrder: true);
    }

    [Test]
    public async Task After_its_last_attempt_work_is_parked_and_its_handler_told()
    {
        await EnqueueAsync("fail:99");
        for (var i = 0; i < 12; i++)
        {
            await kernel.Runner.RunAllDueAsync(default);
            kernel.Time.Advance(TimeSpan.FromMinutes(20));
        }
        log.GaveUp.ShouldBe(["fail:99"]);
        (await kernel.CountAsync("SELECT COUNT(*) FROM shared_work WHERE due_at IS NULL AND attempts = 8")).ShouldBe(1);
    }

    [Test]
    public async Task What_was_given_up_does_not_keep_its_key_from_new_work()
    {
        await EnqueueAsync("fail:99", key: "k");
        for (var i = 0; i < 12; i++)
        {
            await kernel.Runner.RunAllDueAsync(default);
            kernel.Time.Advance(TimeSpan.FromMinutes(20));
        }
        (await EnqueueAsync("fail:1", key: "k")).ShouldBeTrue();
        (await EnqueueAsync("b", key: "k")).ShouldBeFalse();
        await kernel.Runner.RunAllDueAsync(default);
        kernel.Time.Advance(TimeSpan.FromMinutes(1));
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["fail:1"]);
        (await kernel.CountAsync("SELECT COUNT(*) FROM shared_work")).ShouldBe(0);
    }

    [Test]
    public async Task A_key_stands_in_the_queue_once()
    {
        (await EnqueueAsync("a", key: "k")).ShouldBeTrue();
        (await EnqueueAsync("b", key: "k")).ShouldBeFalse();
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["a"]);
        (await EnqueueAsync("c", key: "k")).ShouldBeTrue();
    }

    [Test]
    public async Task A_timer_longer_than_24_8_days_fires_on_its_day_and_not_before()
    {
        await EnqueueAsync("later", due: kernel.Time.GetUtcNow().UtcDateTime.AddDays(60));
        kernel.Time.Advance(TimeSpan.FromDays(59.9));
        (await kernel.Runner.RunAllDueAsync(default)).ShouldBe(0);
        kernel.Time.Advance(TimeSpan.FromDays(0.1));
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["later"]);
    }

    [Test]
    public async Task A_holder_whose_lease_ran_out_changes_nothing()
    {
        await EnqueueAsync("slow");
        log.Meanwhile = async () =>
        {
            log.Meanwhile = null;
            // The first holder stalls past its lease before its transaction; a second one comes and finishes.
            await ExecuteAsync("UPDATE shared_work SET due_at = '2000-01-01 00:00:00.000'");
            await kernel.Runner.RunInsideAsync(default);
        };
        await log.StallThenRunAsync(kernel);
        (await EffectsAsync()).ShouldBe(["slow"]);
    }

    [Test]
    public async Task A_dead_hosts_work_is_taken_up_after_its_lease()
    {
        await EnqueueAsync("orphan");
        await ExecuteAsync("UPDATE shared_work SET due_at = '2026-03-02 01:02:00.000', fence = 1, attempts = 1, holder = 'dead'");
        (await kernel.Runner.RunAllDueAsync(default)).ShouldBe(0);
        kernel.Time.Advance(TimeSpan.FromMinutes(2));
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["orphan"]);
    }

    [Test]
    public async Task People_are_served_before_bulk_but_bulk_is_not_starved()
    {
        for (var i = 0; i < 20; i++) await EnqueueAsync("bulk", lane: Lane.Bulk);
        for (var i = 0; i < 80; i++) await EnqueueAsync("people", lane: Lane.People);
        await kernel.Runner.RunInsideAsync(default);
        var first = await EffectsAsync();
        first.Count(e => e == "people").ShouldBe(64);
        first.Count(e => e == "bulk").ShouldBe(2);
    }

    [Test]
    public async Task Outside_work_is_performed_at_least_once_and_recorded_once()
    {
        await kernel.RunAsync((s, _) => s.GetRequiredService<WorkQueue>().EnqueueAsync("post", null, "fail-once", Lane.Outside, null, default));
        await kernel.Runner.RunAllDueAsync(default);
        log.Failures.ShouldBe(1);
        kernel.Time.Advance(TimeSpan.FromMinutes(1));
        await kernel.Runner.RunAllDueAsync(default);
        log.Posts.ShouldBe(2);
        (await EffectsAsync()).ShouldBe(["posted"]);
    }

    [Test]
    public async Task Work_that_another_holder_took_over_meanwhile_is_left_to_it()
    {
        await EnqueueAsync("lose:other", lane: Lane.People);
        await EnqueueAsync("other");
        await kernel.Runner.RunInsideAsync(default);
        (await EffectsAsync()).ShouldBe(["lose:other"]);
        kernel.Time.Advance(TimeSpan.FromMinutes(3));
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["lose:other", "other"]);
    }

    [Test]
    public async Task Work_can_be_called_off_and_moved()
    {
        await EnqueueAsync("off", "off");
        await EnqueueAsync("later", "later");
        await kernel.RunAsync(async (s, _) =>
        {
            var queue = s.GetRequiredService<WorkQueue>();
            (await queue.CancelAsync("note", "off", default)).ShouldBeTrue();
            (await queue.MoveAsync("note", "later", kernel.Time.GetUtcNow().UtcDateTime.AddHours(1), default)).ShouldBeTrue();
            (await queue.CancelAsync("note", "nothing", default)).ShouldBeFalse();
        });
        (await kernel.Runner.RunAllDueAsync(default)).ShouldBe(0);
        kernel.Time.Advance(TimeSpan.FromHours(1));
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["later"]);
    }

    [Test]
    public async Task No_work_acts_as_the_one_before_it()
    {
        await EnqueueAsync("as:李销售", lane: Lane.People);
        await EnqueueAsync("who");
        await kernel.Runner.RunAllDueAsync(default);
        (await EffectsAsync()).ShouldBe(["as:李销售", "who", "系统"]);
    }

    private Task<bool> EnqueueAsync(string payload, string? key = null, DateTime? due = null, Lane lane = Lane.Normal) =>
        kernel.RunAsync((s, _) => s.GetRequiredService<WorkQueue>().EnqueueAsync("note", key, payload, lane, due, default));

    private Task ExecuteAsync(string sql) => kernel.RunAsync((s, _) => s.GetRequiredService<Session>().ExecuteAsync(sql, null, default));

    private Task<IReadOnlyList<string>> EffectsAsync() => kernel.RunAsync((s, _) => s.GetRequiredService<Session>().QueryAsync<string>("SELECT what FROM t_effect ORDER BY rowid", null, default));

    private sealed class Log
    {
        public List<string> GaveUp { get; } = [];
        public Func<Task>? Meanwhile { get; set; }
        public int Posts { get; set; }
        public int Failures { get; set; }

        /// <summary>Claims as the runner does, lets the lease run out, and then tries to complete with the old fence.</summary>
        public async Task StallThenRunAsync(Kernel kernel)
        {
            var stale = await kernel.RunAsync(async (s, _) => (await s.GetRequiredService<Session>().QueryAsync<WorkItem>(
                "UPDATE shared_work SET fence = fence + 1 RETURNING id, lane, kind, item_key, payload, fence, attempts", null, default))[0]);
            await Meanwhile!();
            (await kernel.CountAsync("SELECT COUNT(*) FROM shared_work WHERE id = @Id AND fence = @Fence", new { stale.Id, stale.Fence })).ShouldBe(0);
        }
    }

    private sealed class Note(Session session, CurrentActor actor, Log log) : IWorkHandler
    {
        public string Kind => "note";

        public async Task RunAsync(WorkItem item, CancellationToken ct)
        {
            await session.ExecuteAsync("INSERT INTO t_effect (what) VALUES (@Payload)", new { item.Payload }, ct);
            if (item.Payload.StartsWith("lose:", StringComparison.Ordinal)) await session.ExecuteAsync("UPDATE shared_work SET fence = fence + 1 WHERE payload = @other", new { other = item.Payload[5..] }, ct);
            if (item.Payload.StartsWith("as:", StringComparison.Ordinal)) actor.Set(new Actor { Name = item.Payload[3..] });
            if (item.Payload == "who") await session.ExecuteAsync("INSERT INTO t_effect (what) VALUES (@Name)", new { actor.Value.Name }, ct);
            if (item.Payload.StartsWith("fail:", StringComparison.Ordinal) && item.Attempts <= int.Parse(item.Payload[5..])) throw new InvalidOperationException("as told");
        }

        public Task GaveUpAsync(WorkItem item, Exception why, CancellationToken ct)
        {
            log.GaveUp.Add(item.Payload);
            return Task.CompletedTask;
        }
    }

    private sealed class Post(Session session, Log log) : IOutsideHandler
    {
        public string Kind => "post";

        public Task<string?> PerformAsync(WorkItem item, CancellationToken ct)
        {
            log.Posts++;
            return item.Attempts == 1 ? throw new IOException("refused") : Task.FromResult<string?>("posted");
        }

        public Task DoneAsync(WorkItem item, string? result, CancellationToken ct) => session.ExecuteAsync("INSERT INTO t_effect (what) VALUES (@result)", new { result }, ct);

        public Task FailedAsync(WorkItem item, Exception why, bool last, CancellationToken ct)
        {
            log.Failures++;
            return Task.CompletedTask;
        }
    }
}
