using Crm.Shared.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Shared.Tests.Data;

public sealed class IdsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Test]
    public void Ids_rise_whether_the_clock_stands_or_goes_on_and_begin_with_its_time() =>
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 3)).ToArbitrary(), steps =>
        {
            var time = new SettableTime(Start);
            var ids = new Ids(time);
            var last = Stored.LastId(Start.UtcDateTime.AddMilliseconds(-1));
            foreach (var step in steps)
            {
                time.Advance(TimeSpan.FromMilliseconds(step / 2));
                var next = ids.Next();
                if (Compare(last, next) >= 0 || Compare(next, Stored.LastId(time.GetUtcNow().UtcDateTime)) > 0) return false;
                if (Compare(next, Stored.LastId(time.GetUtcNow().UtcDateTime.AddMilliseconds(-1))) <= 0 || next.Version != 7 || next.Variant is < 8 or > 11) return false;
                last = next;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Threads_that_ask_at_one_instant_get_ids_that_differ_and_rise_for_each_of_them()
    {
        var ids = new Ids(new SettableTime(Start));
        var made = new Guid[8][];
        Parallel.For(0, made.Length, n => made[n] = [.. Enumerable.Range(0, 2_000).Select(_ => ids.Next())]);
        made.SelectMany(m => m).Distinct().Count().ShouldBe(16_000);
        made.ShouldAllBe(m => m.Zip(m.Skip(1)).All(pair => Compare(pair.First, pair.Second) < 0));
    }

    [Test]
    public void Two_hosts_at_one_instant_make_different_ids()
    {
        var time = new SettableTime(Start);
        var (one, other) = (new Ids(time), new Ids(time));
        Enumerable.Range(0, 1_000).Select(_ => one.Next()).Intersect(Enumerable.Range(0, 1_000).Select(_ => other.Next())).ShouldBeEmpty();
    }

    /// <summary>As the databases do.</summary>
    private static int Compare(Guid one, Guid other) => Stored.Id(one).AsSpan().SequenceCompareTo(Stored.Id(other));
}
