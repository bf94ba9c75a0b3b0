using System.Collections.Immutable;
using Crm.Shared.Time;
using Crm.Shared.Work;

namespace Crm.Shared.Data;

/// <summary>Work that would stand in the queue had the transaction been in earnest.</summary>
public sealed record RehearsedWork(long Order, string Kind, string? Key, string Payload, Lane Lane, DateTime Due);

/// <summary>What a transaction that is never committed keeps beside the tables: its time, the work it asked for, and what happened in it, in order.</summary>
public sealed class Rehearsal
{
    private readonly RehearsedTime time;
    private long asked;

    internal Rehearsal(RehearsedTime time) => this.time = time;

    public DateTime Now => time.Now;
    public ImmutableList<RehearsedWork> Work { get; private set; } = [];
    public ImmutableList<object> Happened { get; private set; } = [];

    /// <summary>Time only goes forward.</summary>
    public void MoveTo(DateTime utc)
    {
        if (utc > time.Now) time.Now = Stored.Whole(utc);
    }

    public void Tell(object happening) => Happened = Happened.Add(happening);

    public void Take(RehearsedWork work) => Work = Work.Remove(work);

    internal bool Enqueue(string kind, string? key, string payload, Lane lane, DateTime due)
    {
        if (key is not null && Find(kind, key) is not null) return false;
        Work = Work.Add(new(++asked, kind, key, payload, lane, due));
        return true;
    }

    internal bool Cancel(string kind, string key)
    {
        var before = Work;
        Work = Work.RemoveAll(w => w.Kind == kind && w.Key == key);
        return !ReferenceEquals(before, Work);
    }

    internal bool Move(string kind, string key, DateTime due)
    {
        if (Find(kind, key) is not { } work) return false;
        Work = Work.Replace(work, work with { Due = due });
        return true;
    }

    internal (ImmutableList<RehearsedWork> Work, ImmutableList<object> Happened) Mark() => (Work, Happened);

    internal void BackTo((ImmutableList<RehearsedWork> Work, ImmutableList<object> Happened) mark) => (Work, Happened) = mark;

    private RehearsedWork? Find(string kind, string key) => Work.Find(w => w.Kind == kind && w.Key == key);
}
