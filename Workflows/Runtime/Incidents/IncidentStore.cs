using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime.Incidents;

/// <summary>What an incident is about. Numbers are stored: append only.</summary>
internal enum IncidentKind
{
    Step = 0,
    /// <summary>An approval stage found no approver.</summary>
    Approval = 1,
    /// <summary>A late task found nobody to tell.</summary>
    Task = 2,
    /// <summary>A chain of SOPs goes round.</summary>
    Loop = 3,
    /// <summary>The turn itself failed so often that the queue gave up.</summary>
    Parked = 4,
}

/// <summary>An open incident.</summary>
internal sealed class IncidentRow
{
    public Guid Id { get; init; }
    public Guid RunId { get; init; }
    public string StepAt { get; init; } = "";
    public string SopKey { get; init; } = "";
    public string Step { get; init; } = "";
    public IncidentKind Kind { get; init; }
    public FailureClass Class { get; init; }
    public string Code { get; init; } = "";
    /// <summary>JSON in both languages.</summary>
    public string Message { get; init; } = "{}";
    public int Attempts { get; init; }
    public Guid? OwnerId { get; init; }
    /// <summary>The parked work, of <see cref="IncidentKind.Parked"/>.</summary>
    public string? Wake { get; init; }
    public DateTime OpenedAt { get; init; }

    public const string Columns = "id, run_id, step_at, sop_key, step, kind, class, code, message, attempts, owner_id, wake, opened_at";
}

/// <summary>Runs that need a person.</summary>
internal sealed class IncidentStore(Session session, IDirectory directory, INotifier notifier, Texts texts, RunHints hints, Ids ids, TimeProvider time)
{
    public Task OpenAsync(Run run, At at, IncidentKind kind, FailureClass failure, Message said, int attempts, CancellationToken ct) =>
        InsertAsync(run, at, kind, failure, said.Code, said.In(texts), attempts, ct);

    /// <summary>Names the circle by the SOPs in the chain that led here.</summary>
    public async Task OpenLoopAsync(Run run, CancellationToken ct)
    {
        var chain = new List<string> { run.SopKey };
        for (var id = run.CauseRunId; id is not null && chain.Count <= run.Depth;)
        {
            var row = await session.FirstAsync<Link>("SELECT sop_key, cause_run_id FROM workflows_run WHERE id = @id", new { id }, ct);
            if (row is null) break;
            chain.Insert(0, row.SopKey);
            id = row.CauseRunId;
        }
        await OpenAsync(run, At.Run, IncidentKind.Loop, FailureClass.Limit, new("run.loop", run.Depth, string.Join(" → ", chain)), 0, ct);
    }

    public async Task OpenParkedAsync(Run run, Wake wake, Exception why, CancellationToken ct)
    {
        var said = Failures.Of(At.Run, why).Said;
        await session.ExecuteAsync("UPDATE workflows_run SET status = 2 WHERE id = @Id", new { run.Id }, ct);
        await InsertAsync(run, At.Run, IncidentKind.Parked, FailureClass.Transient, "run.parked", new Message("run.parked", said).In(texts), 8, ct, JsonSerializer.Serialize(wake, ContractJson.Options));
    }

    public Task<IReadOnlyList<IncidentRow>> OpenOfAsync(IReadOnlyList<Guid> runs, CancellationToken ct) => runs.Count == 0
        ? Task.FromResult<IReadOnlyList<IncidentRow>>([])
        : session.QueryAsync<IncidentRow>(
            $"SELECT {IncidentRow.Columns} FROM workflows_incident WHERE run_id IN @runs AND closed_at IS NULL ORDER BY id",
            new { runs = runs.AsEnumerable() }, ct);

    public Task<IncidentRow?> FindAsync(Guid id, CancellationToken ct) =>
        session.FirstAsync<IncidentRow>($"SELECT {IncidentRow.Columns} FROM workflows_incident WHERE id = @id", new { id }, ct);

    /// <summary>Someone else looks after it from now on; false where it is mended already.</summary>
    public async Task<bool> GiveAsync(IncidentRow incident, string record, Guid owner, Guid? by, CancellationToken ct)
    {
        if (await session.ExecuteAsync("UPDATE workflows_incident SET owner_id = @owner WHERE id = @Id AND closed_at IS NULL", new { owner, incident.Id }, ct) == 0) return false;
        if (owner != by && owner != incident.OwnerId) await TellAsync(owner, incident.RunId, record, JsonSerializer.Deserialize<Label>(incident.Message, ContractJson.Options)!, $"incident/{incident.Id:N}/{owner:N}", ct);
        session.AfterCommit(() => hints.Tell(incident.RunId));
        return true;
    }

    public Task CloseAsync(Guid run, At at, Guid? by, string how, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_incident SET closed_at = @now, closed_by_id = @by, closed_as = @how WHERE run_id = @run AND step_at = @at AND closed_at IS NULL",
            new { now = time.UtcNow(), by, how, run, at = at.ToString() }, ct);

    /// <summary>The step that needs mending has another name in the run's new version.</summary>
    public Task RenameAsync(Guid run, At before, At now, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_incident SET step_at = @now, step = @step WHERE run_id = @run AND step_at = @before AND closed_at IS NULL",
            new { run, before = before.ToString(), now = now.ToString(), step = now.Step }, ct);

    /// <summary>All that a run has open: it is over.</summary>
    public Task CloseAllAsync(Guid run, Guid? by, string how, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_incident SET closed_at = @now, closed_by_id = @by, closed_as = @how WHERE run_id = @run AND closed_at IS NULL",
            new { now = time.UtcNow(), by, how, run }, ct);

    private async Task InsertAsync(Run run, At at, IncidentKind kind, FailureClass failure, string code, Label message, int attempts, CancellationToken ct, string? wake = null)
    {
        var owner = await OwnerAsync(ct);
        var id = ids.Next();
        await session.ExecuteAsync("""
            INSERT INTO workflows_incident (id, run_id, step_at, sop_key, step, kind, class, code, message, attempts, owner_id, wake, opened_at)
            VALUES (@id, @run, @at, @sop, @step, @kind, @failure, @code, @message, @attempts, @owner, @wake, @now)
            """,
            new
            {
                id,
                run = run.Id,
                at = at.ToString(),
                sop = run.SopKey,
                step = at.Step,
                kind = (int)kind,
                failure = (int)failure,
                code,
                message = JsonSerializer.Serialize(message, ContractJson.Options),
                attempts,
                owner,
                wake,
                now = time.UtcNow(),
            }, ct);
        if (owner is { } person) await TellAsync(person, run.Id, run.RecordName, message, $"incident/{id:N}", ct);
        session.AfterCommit(() => hints.Tell(run.Id));
    }

    private Task TellAsync(Guid person, Guid run, string record, Label message, string key, CancellationToken ct) =>
        notifier.NotifyAsync([person], new("incident", new Message("notice.incident", record).In(texts), message, $"/runs/{run}", key), ct);

    /// <summary>Who mends: the administrator who has been there longest.</summary>
    public async ValueTask<Guid?> OwnerAsync(CancellationToken ct) =>
        (await directory.ReadAsync(ct)).InRole(BuiltInRole.Administrator).FirstOrDefault()?.Id;

    private sealed class Link
    {
        public string SopKey { get; init; } = "";
        public Guid? CauseRunId { get; init; }
    }
}
