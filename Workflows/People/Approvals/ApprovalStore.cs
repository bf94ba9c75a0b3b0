using Crm.Shared.Data;
using Crm.Workflows.Engine;

namespace Crm.Workflows.People.Approvals;

/// <summary>Rows of approvals and their seats.</summary>
internal sealed class ApprovalStore(Session session)
{
    public async Task<ApprovalRow?> LockAsync(Guid id, CancellationToken ct)
    {
        await session.HoldAsync("workflows_approval", id, ct);
        return await FindAsync(id, ct);
    }

    public Task<ApprovalRow?> FindAsync(Guid id, CancellationToken ct) =>
        session.FirstAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval WHERE id = @id", new { id }, ct);

    public Task<ApprovalRow?> OfStepAsync(Guid run, string at, CancellationToken ct) =>
        session.FirstAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval WHERE run_id = @run AND step_at = @at", new { run, at }, ct);

    public Task InsertAsync(ApprovalRow row, CancellationToken ct) => session.ExecuteAsync($"""
        INSERT INTO workflows_approval ({ApprovalRow.Columns})
        VALUES (@Id, @RunId, @StepAt, @SopKey, @SopVersion, @Title, @RecordType, @RecordId, @RecordName, @InitiatorId, @Status, @State, @Snapshot, @Why, @Value, @Previous, @Version, @CreatedAt, @DueAt, @EndedAt)
        """, row, ct);

    /// <summary>False where someone else was quicker.</summary>
    public async Task<bool> SaveAsync(ApprovalRow before, Approval approval, string? why, DateTime? dueAt, DateTime now, CancellationToken ct) => await session.ExecuteAsync("""
        UPDATE workflows_approval SET status = @status, state = @state, why = @why, due_at = @dueAt, ended_at = @ended, version = version + 1 WHERE id = @Id AND version = @Version
        """,
        new
        {
            status = (int)approval.Status,
            state = ApprovalRow.Write(approval),
            why,
            dueAt,
            ended = approval.Ended ? before.EndedAt ?? now : (DateTime?)null,
            before.Id,
            before.Version,
        }, ct) == 1;

    /// <summary>An open approval goes on under another version of its SOP.</summary>
    public Task RebindAsync(Guid run, At before, int version, At now, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_approval SET sop_version = @sopVersion, step_at = @now, version = version + 1 WHERE run_id = @run AND step_at = @before AND status IN (0, 1)",
            new { run, sopVersion = version, before = before.ToString(), now = now.ToString() }, ct);

    public Task SaveSnapshotAsync(Guid id, string snapshot, decimal? value, string previous, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_approval SET snapshot = @snapshot, value = @value, previous = @previous WHERE id = @id", new { id, snapshot, value, previous }, ct);

    /// <summary>The latest approvals of a record, newest first.</summary>
    public Task<IReadOnlyList<ApprovalRow>> OfRecordAsync(Guid record, int most, CancellationToken ct) => session.QueryAsync<ApprovalRow>(
        $"SELECT {ApprovalRow.Columns} FROM workflows_approval WHERE record_id = @record ORDER BY id DESC {session.Dialect.Limit("@most")}", new { record, most }, ct);

    /// <summary>How long each of these is out of the person's sight.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTime>> SnoozedAsync(IReadOnlyCollection<Guid> approvals, Guid person, DateTime now, CancellationToken ct)
    {
        if (approvals.Count == 0) return new Dictionary<Guid, DateTime>();
        var rows = await session.QueryAsync<SnoozedRow>(
            "SELECT approval_id, snoozed_until FROM workflows_seat WHERE approval_id IN @approvals AND person_id = @person AND status = 1 AND snoozed_until > @now", new { approvals = approvals.AsEnumerable(), person, now }, ct);
        return rows.DistinctBy(r => r.ApprovalId).ToDictionary(r => r.ApprovalId, r => r.SnoozedUntil);
    }

    public async Task<bool> SnoozeAsync(Guid approval, Guid person, DateTime? until, CancellationToken ct) => await session.ExecuteAsync(
        "UPDATE workflows_seat SET snoozed_until = @until WHERE approval_id = @approval AND person_id = @person AND status = 1", new { approval, person, until }, ct) > 0;

    public Task<SeatRow?> SeatAsync(Guid approval, int seat, CancellationToken ct) =>
        session.FirstAsync<SeatRow>("SELECT due_at, reminded FROM workflows_seat WHERE approval_id = @approval AND seat = @seat", new { approval, seat }, ct);

    /// <summary>Brings the seats' rows to the approval's present state.</summary>
    public async Task SaveSeatsAsync(Guid id, Approval? before, Approval after, IReadOnlyDictionary<int, DateTime> due, CancellationToken ct)
    {
        var known = before?.Stages.SelectMany(s => s.Seats).ToDictionary(s => s.Id) ?? [];
        foreach (var (stage, seat) in after.Stages.SelectMany(s => s.Seats, (stage, seat) => (stage.Key, seat)))
        {
            if (known.TryGetValue(seat.Id, out var old) && old.Status == seat.Status && !due.ContainsKey(seat.Id)) continue;
            var row = new { id, seat = seat.Id, person = seat.Approver, seat.Via, status = (int)Queue(seat.Status), due = due.TryGetValue(seat.Id, out var at) ? at : (DateTime?)null, stage, seat.OpenedAt, seat.DecidedAt };
            var sql = old is null
                ? "INSERT INTO workflows_seat (approval_id, seat, person_id, via_id, status, due_at, reminded, stage, opened_at, decided_at) VALUES (@id, @seat, @person, @Via, @status, @due, 0, @stage, @OpenedAt, @DecidedAt)"
                : "UPDATE workflows_seat SET status = @status, due_at = @due, reminded = 0, snoozed_until = NULL, opened_at = @OpenedAt, decided_at = @DecidedAt, due_why = NULL WHERE approval_id = @id AND seat = @seat";
            await session.ExecuteAsync(sql, row, ct);
        }
    }

    public static SeatQueue Queue(SeatStatus status) => status switch
    {
        SeatStatus.Open => SeatQueue.Open,
        SeatStatus.Waiting or SeatStatus.Delegated => SeatQueue.Waiting,
        SeatStatus.Approved or SeatStatus.Rejected or SeatStatus.Returned => SeatQueue.Decided,
        _ => SeatQueue.Gone,
    };
}

internal sealed class SnoozedRow
{
    public Guid ApprovalId { get; init; }
    public DateTime SnoozedUntil { get; init; }
}

/// <summary>When a seat is late, and how often its approver was told.</summary>
internal sealed class SeatRow
{
    public DateTime? DueAt { get; init; }
    public int Reminded { get; init; }
}
