using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Calendars;

/// <summary>Counts the due times of open approval seats anew, from when each was asked; the reason stands in the approval's history.</summary>
internal sealed class SeatRecount(Session session, ApprovalStore store, ApprovalKeeper keeper, SeatTimers timers, RunStore runs, Acts acts, CountAgain again, IDirectory directory, ILive live, WorkQueue work, CurrentActor current, Texts texts) : IWorkHandler
{
    public const string WorkKind = "workflows.recountSeats";
    private const int AtOnce = 200;

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var payload = JsonNode.Parse(item.Payload)!;
        Guid? unit = payload["unit"]?.GetValue<Guid>();
        var (after, seat) = (payload["after"]?.GetValue<Guid>() ?? Guid.Empty, payload["seat"]?.GetValue<int>() ?? 0);
        using var _ = current.As(Actor.System);
        var view = await directory.ReadAsync(ct);
        var concerned = Concerned.Of(view, unit);
        var seats = await session.QueryAsync<Place>($"""
            SELECT approval_id, seat, person_id, stage, opened_at, due_at FROM workflows_seat
            WHERE status = 1 AND due_at IS NOT NULL AND (approval_id > @after OR (approval_id = @after AND seat > @seat)) ORDER BY approval_id, seat {session.Dialect.Limit("@n")}
            """, new { after, seat, n = AtOnce }, ct);
        foreach (var place in seats)
            if (view.Person(place.PersonId)?.UnitId is var own && concerned.Has(own)) await CountAsync(place, own, ct);
        if (seats is [.., var last] && seats.Count == AtOnce) await work.EnqueueAsync(WorkKind, null, new { unit, after = last.ApprovalId, seat = last.Seat }, Lane.Bulk, null, ct);
    }

    private async Task CountAsync(Place place, Guid? unit, CancellationToken ct)
    {
        if (place.OpenedAt is not { } opened || await store.LockAsync(place.ApprovalId, ct) is not { } row) return;
        var stage = (await keeper.StepAsync(row, ct)).Stages.FirstOrDefault(s => s.Key == place.Stage);
        if (stage is null || row.Approval().Seat(place.Seat) is not { } seat) return;
        var anew = stage.Due is { InWorkingTime: true } moment && await runs.FindAsync(row.RunId, ct) is { } run ? await again.AtAsync(run, At.Parse(row.StepAt), moment, opened, unit, ct) : null;
        var moved = anew is not null && anew.Utc != place.DueAt;
        if (!moved && stage.RemindEvery is not { Business: true }) return;
        if (moved) await MoveAsync(place, row, anew!, ct);
        var reminded = (await store.SeatAsync(row.Id, place.Seat, ct))!.Reminded;
        await timers.ClearAsync(row.Id, place.Seat, ct);
        await timers.SetAsync(row, stage, seat, reminded, ct);
    }

    private async Task MoveAsync(Place place, ApprovalRow row, Due anew, CancellationToken ct)
    {
        var why = new Message("task.recounted", anew.Why);
        await session.ExecuteAsync("UPDATE workflows_seat SET due_at = @due, due_why = @why WHERE approval_id = @id AND seat = @seat", new { due = anew.Utc, why = Wording.Write(why.In(texts)), id = row.Id, seat = place.Seat }, ct);
        await session.ExecuteAsync("UPDATE workflows_approval SET version = version + 1, due_at = (SELECT MIN(due_at) FROM workflows_seat WHERE approval_id = @id AND status = 1) WHERE id = @id", new { id = row.Id }, ct);
        await acts.AddAsync(row.Id, row.Version + 1, new("move", null) { Seat = place.Seat, Why = why }, ct);
        session.AfterCommit(() => live.Tell([place.PersonId], new("approval", row.RecordType, row.Id, "updated")));
    }

    private sealed class Place
    {
        public Guid ApprovalId { get; init; }
        public int Seat { get; init; }
        public Guid PersonId { get; init; }
        public string? Stage { get; init; }
        public DateTime? OpenedAt { get; init; }
        public DateTime DueAt { get; init; }
    }
}

/// <summary>Units whose hours changed; none named means all.</summary>
internal sealed class Concerned(HashSet<Guid>? units)
{
    public static Concerned Of(DirectoryView view, Guid? root) => new(root is { } unit ? [.. view.UnitAndBelow(unit)] : null);

    public bool Has(Guid? unit) => units is null || unit is { } one && units.Contains(one);
}
