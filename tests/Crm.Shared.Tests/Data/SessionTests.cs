using Crm.Shared.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Shared.Tests.Data;

public sealed class SessionTests
{
    private Kernel kernel = null!;

    [SetUp]
    public async Task Start()
    {
        kernel = await Kernel.StartAsync();
        await InSessionAsync(s => s.ExecuteAsync("CREATE TABLE t_row (n INTEGER)", null, default));
    }

    [TearDown]
    public async Task Stop() => await kernel.DisposeAsync();

    [Test]
    public async Task An_inner_transaction_joins_the_outer_and_falls_with_it()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => InSessionAsync(s => s.InTransactionAsync(async () =>
        {
            await s.InTransactionAsync(() => AddAsync(s, 1), default);
            throw new InvalidOperationException();
        }, default)));
        (await RowsAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task Swallowing_an_inner_failure_does_not_save_the_half_that_worked()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => InSessionAsync(s => s.InTransactionAsync(async () =>
        {
            try
            {
                await s.InTransactionAsync(async () =>
                {
                    await AddAsync(s, 1);
                    throw new FormatException();
                }, default);
            }
            catch (FormatException)
            {
                await AddAsync(s, 2);
            }
        }, default)));
        (await RowsAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_savepoint_fails_alone_and_takes_its_hints_with_it()
    {
        var hints = new List<string>();
        await InSessionAsync(s => s.InTransactionAsync(async () =>
        {
            await AddAsync(s, 1);
            s.AfterCommit(() => hints.Add("one"));
            await Should.ThrowAsync<FormatException>(() => s.SavepointAsync<int>(async () =>
            {
                await s.InTransactionAsync(() => AddAsync(s, 2), default);
                s.AfterCommit(() => hints.Add("two"));
                throw new FormatException();
            }, default));
            await s.SavepointAsync(async () =>
            {
                await AddAsync(s, 3);
                return 0;
            }, default);
            hints.ShouldBeEmpty();
        }, default));
        (await RowsAsync()).ShouldBe([1, 3]);
        hints.ShouldBe(["one"]);
    }

    [Test]
    public async Task By_hope_a_part_that_has_written_nothing_fails_alone()
    {
        var hints = new List<string>();
        await InSessionAsync(s => s.HopefullyAsync(async () =>
        {
            await AddAsync(s, 1);
            await Should.ThrowAsync<FormatException>(() => s.PartAsync<int>(() =>
            {
                s.AfterCommit(() => hints.Add("lost"));
                throw new FormatException();
            }, default));
            await s.PartAsync(async () =>
            {
                await AddAsync(s, 2);
                return 0;
            }, default);
        }, default));
        (await RowsAsync()).ShouldBe([1, 2]);
        hints.ShouldBeEmpty();
    }

    [Test]
    public async Task By_hope_a_part_that_fails_half_done_takes_the_whole_transaction_with_it()
    {
        var failure = await Should.ThrowAsync<HalfDone>(() => InSessionAsync(s => s.HopefullyAsync(async () =>
        {
            await AddAsync(s, 1);
            await s.PartAsync<int>(() => s.PartAsync<int>(async () =>
            {
                await AddAsync(s, 2);
                throw new FormatException("why");
            }, default), default);
        }, default)));
        failure.InnerException.ShouldBeOfType<FormatException>();
        (await RowsAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task By_hope_a_part_that_somebody_else_called_off_half_done_does_not_stand_either()
    {
        await Should.ThrowAsync<HalfDone>(() => InSessionAsync(s => s.HopefullyAsync(async () =>
        {
            try
            {
                await s.PartAsync<int>(async () =>
                {
                    await AddAsync(s, 1);
                    throw new TaskCanceledException("timed out");
                }, default);
            }
            catch (OperationCanceledException)
            {
                // As a step's failure is caught: what it has written would have stood.
            }
        }, default)));
        (await RowsAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task Hope_ends_with_its_transaction()
    {
        await InSessionAsync(async s =>
        {
            await s.HopefullyAsync(() => AddAsync(s, 1), default);
            await s.InTransactionAsync(() => Should.ThrowAsync<FormatException>(() => s.PartAsync<int>(async () =>
            {
                await AddAsync(s, 2);
                throw new FormatException();
            }, default)), default);
        });
        (await RowsAsync()).ShouldBe([1]);
    }

    [Test]
    public async Task Many_writers_at_once_all_get_their_turn()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => InSessionAsync(s => s.InTransactionAsync(() => AddAsync(s, n), default)))));
        (await RowsAsync()).Order().ShouldBe(Enumerable.Range(0, 50).Select(n => (long)n));
    }

    [Test]
    public async Task Every_kind_of_value_comes_back_as_it_went_in()
    {
        var (id, at, day, amount) = (Guid.CreateVersion7(), new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), new DateOnly(2026, 2, 28), 12345.6789m);
        await InSessionAsync(async s =>
        {
            await s.ExecuteAsync("CREATE TABLE t_kind (id BLOB, at TEXT, day TEXT, amount INTEGER, done INTEGER, missing BLOB)", null, default);
            await s.ExecuteAsync("INSERT INTO t_kind VALUES (@id, @at, @day, @amount, @done, @missing)", new { id, at, day, amount, done = true, missing = (Guid?)null }, default);
            var row = (await s.QueryAsync<Kinds>("SELECT * FROM t_kind WHERE id IN @ids AND at = @at AND amount > @less", new { ids = new[] { id }, at, less = 1m }, default)).ShouldHaveSingleItem();
            (row.Id, row.At, row.Day, row.Amount, row.Done, row.Missing).ShouldBe((id, at, day, amount, true, null));
            row.At.Kind.ShouldBe(DateTimeKind.Utc);
        });
    }

    private Task InSessionAsync(Func<Session, Task> work) => kernel.RunAsync((s, _) => work(s.GetRequiredService<Session>()));

    private static Task AddAsync(Session session, int n) => session.ExecuteAsync("INSERT INTO t_row (n) VALUES (@n)", new { n }, default);

    private Task<IReadOnlyList<long>> RowsAsync() => kernel.RunAsync((s, _) => s.GetRequiredService<Session>().QueryAsync<long>("SELECT n FROM t_row", null, default));

    private sealed class Kinds
    {
        public Guid Id { get; init; }
        public DateTime At { get; init; }
        public DateOnly Day { get; init; }
        public decimal Amount { get; init; }
        public bool Done { get; init; }
        public Guid? Missing { get; init; }
    }
}
