using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Time;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Runtime.Sweeps;

/// <summary>Records whose last activity fell so long before the stretch that the time without any ends in it. Looks at what happened then, not at all records; only since ever it does.</summary>
internal sealed class IdleRecords(Session session, IRecords records, ICatalogueSource catalogue, TriggerFilter filters, Moments moments)
{
    public async Task<(IReadOnlyList<(Record Record, string What)> Found, string? Next)> FindAsync(string type, Trigger trigger, Sweep sweep, CancellationToken ct)
    {
        var length = BusinessDuration.Parse(trigger.Inputs["for"])!;
        var to = (await moments.BeforeAsync(sweep.To, length, null, ct)).Utc;
        if (sweep.From is not { } start) return await SinceEverAsync(type, trigger, to, sweep.After, ct);
        var from = (await moments.BeforeAsync(start, length, null, ct)).Utc;
        var low = sweep.After is { } cursor ? Guid.Parse(cursor) : Stored.LastId(from);
        var changes = await session.QueryAsync<Change>(
            $"SELECT id, record_type, record_id FROM shared_change WHERE id > @low AND id <= @high ORDER BY id {session.Dialect.Limit("@n")}", new { low, high = Stored.LastId(to), n = Sweeping.PageSize }, ct);
        var found = new List<(Record, string)>();
        foreach (var group in changes.GroupBy(c => (c.RecordType, c.RecordId)))
            foreach (var record in await AboutAsync(type, group.Key.RecordType, group.Key.RecordId, ct))
                if (await LastAsync(record.Id, ct) is { } last && last.CompareTo(Stored.LastId(to)) <= 0) found.Add((record, What(last)));
        return ([.. found.DistinctBy(f => f.Item1.Id)], changes.Count == Sweeping.PageSize ? changes[^1].Id.ToString() : null);
    }

    private async Task<(IReadOnlyList<(Record Record, string What)> Found, string? Next)> SinceEverAsync(string type, Trigger trigger, DateTime to, string? after, CancellationToken ct)
    {
        var page = await filters.PageAsync(trigger, type, after, Sweeping.PageSize, ct);
        var ids = page.Items.Select(r => r.Id).ToArray();
        var last = ids.Length == 0 ? [] : (await session.QueryAsync<Last>("SELECT record_id, MAX(change_id) AS change_id FROM shared_timeline WHERE record_id IN @ids GROUP BY record_id", new { ids }, ct)).ToDictionary(l => l.RecordId, l => l.ChangeId);
        var latest = Stored.LastId(to);
        return ([.. page.Items.Where(r => last.TryGetValue(r.Id, out var change) && change.CompareTo(latest) <= 0).Select(r => (r, What(last[r.Id])))], page.Next);
    }

    /// <summary>The same silence after the same last activity starts it once.</summary>
    private static string What(Guid last) => $"idle/{last}";

    /// <summary>The record itself, or those of the type on whose timelines a change of it appears.</summary>
    private async Task<IReadOnlyList<Record>> AboutAsync(string type, string changedType, Guid id, CancellationToken ct)
    {
        if (catalogue.Current.Find(changedType) is not { } changed || await records.FindAsync(changedType, id, ct) is not { } record) return [];
        if (changedType == type) return [record];
        var about = new List<Record>();
        foreach (var field in changed.TimelineOn.Select(changed.Find).OfType<Field>().Where(f => f.References == type))
            if (record.Reference(field.Key) is { } other && await records.FindAsync(type, other, ct) is { } found) about.Add(found);
        return about;
    }

    private async Task<Guid?> LastAsync(Guid record, CancellationToken ct) =>
        (await session.FirstAsync<Last>($"SELECT change_id FROM shared_timeline WHERE record_id = @record ORDER BY change_id DESC {session.Dialect.Limit("@one")}", new { record, one = 1 }, ct))?.ChangeId;

    private sealed class Change
    {
        public Guid Id { get; init; }
        public string RecordType { get; init; } = "";
        public Guid RecordId { get; init; }
    }

    private sealed class Last
    {
        public Guid RecordId { get; init; }
        public Guid ChangeId { get; init; }
    }
}
