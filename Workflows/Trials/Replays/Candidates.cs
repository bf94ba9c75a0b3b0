using System.Globalization;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.Trials.Replays;

/// <summary>A change, or the start of a run, that a replay looks at.</summary>
internal sealed record Candidate(Guid Record, Guid Moment, DateTime At, Guid? By, Source Source, IReadOnlyList<Trigger> Triggers, Run? Real);

/// <summary>A stretch of candidates.</summary>
/// <param name="WentTo">Where the next stretch begins; null at the end.</param>
/// <param name="Reached">How far into the period it came.</param>
internal sealed record Stretch(IReadOnlyList<(Candidate Candidate, string WentTo)> Candidates, string? WentTo, DateTime Reached);

/// <summary>Finds what would have started an SOP in a period: first in all changes of records, then among the runs that something else than a change started.</summary>
internal sealed class Candidates(Session session, IRecordPast past, ICatalogueSource catalogue)
{
    private const int AtOnce = 200;
    private static readonly string[] ByChange = [TriggerKinds.Created, TriggerKinds.Updated, TriggerKinds.StageEntered];

    public static string Beginning(DateTime from) => $"c:{Stored.LastId(from.AddMilliseconds(-1))}";

    public async Task<Stretch> NextAsync(Sop sop, string wentTo, DateTime from, DateTime to, CancellationToken ct)
    {
        var after = Guid.Parse(wentTo.AsSpan(2), CultureInfo.InvariantCulture);
        return wentTo[0] == 'c' ? await ChangesAsync(sop, after, from, to, ct) : await RunsAsync(sop, after, from, to, ct);
    }

    private async Task<Stretch> ChangesAsync(Sop sop, Guid after, DateTime from, DateTime to, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Change>(
            $"SELECT id, at, record_type, record_id, kind, actor_id, source, changes FROM shared_change WHERE id > @after AND id <= @last ORDER BY id {session.Dialect.Limit("@n")}",
            new { after, last = Stored.LastId(to), n = AtOnce }, ct);
        var own = rows.Where(r => r.RecordType == sop.Record && r.Kind is not ("deleted" or "restored")).ToList();
        var real = (await RunsOfAsync(sop.Key, [.. own.Select(r => r.Id)], ct)).ToDictionary(r => r.EventId);
        var found = new List<(Candidate, string)>();
        foreach (var row in own)
        {
            var change = await ChangeAsync(row, ct);
            var triggers = sop.Triggers.Where(t => TriggerKinds.Matches(t, change)).ToList();
            if (triggers.Count > 0 || real.ContainsKey(row.Id)) found.Add((new(row.RecordId, row.Id, row.At, row.ActorId, (Source)row.Source, triggers, real.GetValueOrDefault(row.Id)), $"c:{row.Id}"));
        }
        return rows.Count == AtOnce ? new(found, $"c:{rows[^1].Id}", rows[^1].At) : new(found, $"r:{Stored.LastId(from.AddMilliseconds(-1))}", to);
    }

    /// <summary>The fields that changed are all that triggers look at.</summary>
    private async Task<RecordChange> ChangeAsync(Change row, CancellationToken ct)
    {
        var type = catalogue.Current[row.RecordType];
        var fields = past.Read(type, row.Changes);
        // A feature may give a record's birth a name of its own; then too it comes first and brings the record's name.
        var created = row.Kind == "created" || row.Kind != "updated" && fields.TryGetValue(type.NameField, out var name) && name.Before is null && await IsFirstAsync(row, ct);
        var before = created ? null : new Record(type, row.RecordId, 1, fields.ToDictionary(f => f.Key, f => f.Value.Before));
        return new(created ? ChangeKind.Created : ChangeKind.Updated, before, new Record(type, row.RecordId, 1, fields.ToDictionary(f => f.Key, f => f.Value.After)), Actor.System, WriteOptions.None);
    }

    private async Task<bool> IsFirstAsync(Change row, CancellationToken ct) => await session.FirstAsync<int?>(
        $"SELECT 1 FROM shared_timeline WHERE record_id = @RecordId AND change_id < @Id ORDER BY change_id {session.Dialect.Limit("@one")}", new { row.RecordId, row.Id, one = 1 }, ct) is null;

    /// <summary>Buttons, schedules, dates: when they started something is known from what they started.</summary>
    private async Task<Stretch> RunsAsync(Sop sop, Guid after, DateTime from, DateTime to, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Run>(
            $"SELECT {Run.Columns} FROM workflows_run WHERE id > @after AND id <= @last ORDER BY id {session.Dialect.Limit("@n")}", new { after, last = Stored.LastId(to), n = AtOnce }, ct);
        var found = rows.Where(r => r.SopKey == sop.Key && r.StartedAt >= from && r.StartedBy != "call" && !ByChange.Contains(r.StartedBy))
            .Select(r => (new Candidate(r.RecordId, Stored.LastId(r.StartedAt), r.StartedAt, r.InitiatorId, Source.System, [.. sop.Triggers.Where(t => t.Kind == r.StartedBy)], r), $"r:{r.Id}"));
        return new([.. found], rows.Count == AtOnce ? $"r:{rows[^1].Id}" : null, to);
    }

    private Task<IReadOnlyList<Run>> RunsOfAsync(string key, IReadOnlyList<Guid> events, CancellationToken ct) => events.Count == 0
        ? Task.FromResult<IReadOnlyList<Run>>([])
        : session.QueryAsync<Run>($"SELECT {Run.Columns} FROM workflows_run WHERE sop_key = @key AND event_id IN @events", new { key, events = events.AsEnumerable() }, ct);

    private sealed class Change
    {
        public Guid Id { get; init; }
        public DateTime At { get; init; }
        public string RecordType { get; init; } = "";
        public Guid RecordId { get; init; }
        public string Kind { get; init; } = "";
        public Guid? ActorId { get; init; }
        public int Source { get; init; }
        public string Changes { get; init; } = "{}";
    }
}
