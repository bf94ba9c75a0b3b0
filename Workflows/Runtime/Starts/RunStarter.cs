using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Archive;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Starts;

/// <summary>What starts a run.</summary>
/// <param name="EventId">The same event starts an SOP once.</param>
/// <param name="Cause">The run whose step made the event.</param>
internal sealed record Start(PublishedSop Sop, Record Record, Guid EventId, string By)
{
    public Guid? Initiator { get; init; }
    public Cause? Cause { get; init; }
    /// <summary>Step and visit of the cause that waits for the end.</summary>
    public string? ParentAt { get; init; }
    public Lane Lane { get; init; } = Lane.Normal;
    public Reentry Reentry { get; init; }
    public IReadOnlyList<Guid> Chosen { get; init; } = [];
    /// <summary>What the trigger tells the run.</summary>
    public JsonObject? Payload { get; init; }
}

/// <summary>Makes runs: the row and its first turn's work, in the transaction of what started it.</summary>
internal sealed class RunStarter(Session session, RunStore runs, RunArchive archive, SopsNow sops, Wakes wakes, Payloads payloads, IncidentStore incidents, Meters meters, Ids ids, TimeProvider time)
{
    /// <summary>Runs that cause one another may follow so long a chain; more is taken for a circle.</summary>
    public const int LongestChain = 10;

    /// <summary>Null where the SOP has run for this event, or may not run again for this record.</summary>
    public async Task<Guid?> StartAsync(Start start, CancellationToken ct)
    {
        if (start.Reentry != Reentry.EveryTime && await HasRunAsync(start, ct)) return null;
        var now = time.UtcNow();
        var depth = (start.Cause?.Depth ?? 0) + 1;
        var run = new Run
        {
            Id = ids.Next(),
            SopKey = start.Sop.Key,
            SopVersion = start.Sop.Version,
            RecordType = start.Record.Type.Key,
            RecordId = start.Record.Id,
            RecordName = start.Record.Name is { Length: > 300 } name ? name[..300] : start.Record.Name,
            Status = depth > LongestChain ? Standing.Incident : Standing.Running,
            EventId = start.EventId,
            StartedBy = start.By,
            InitiatorId = start.Initiator,
            Chosen = start.Chosen.Count > 0 ? JsonSerializer.Serialize(start.Chosen, Stored.Json) : null,
            Depth = depth,
            CauseRunId = start.Cause?.RunId,
            ParentAt = start.ParentAt,
            Lane = start.Lane,
            StartedAt = now,
            OwnerId = start.Record.Owner,
            UnitId = start.Record.Unit,
        };
        if (!await runs.InsertAsync(run, ct)) return null;
        if (start.Payload is { Count: > 0 } payload) await payloads.AddAsync(run.Id, payload, ct);
        if (depth > LongestChain) await incidents.OpenLoopAsync(run, ct);
        else await wakes.StartAsync(run, ct);
        session.AfterCommit(() => meters.Started(run));
        return run.Id;
    }

    /// <summary>A step of one run starts another.</summary>
    public async Task<Guid> StartChildAsync(Run parent, At at, string sopKey, Record record, bool wait, CancellationToken ct)
    {
        var sop = (await sops.ReadAsync(ct)).Find(sopKey) ?? throw new StepFailure(FailureClass.Configuration, new("run.sopNotPublished", sopKey));
        if (sop.Sop.Record != record.Type.Key) throw new StepFailure(FailureClass.Configuration, new("run.sopOtherRecord", sopKey, sop.Sop.Record));
        var start = new Start(sop, record, EventOf(sopKey, $"{parent.Id:N}/{at}"), "call")
        {
            Initiator = parent.InitiatorId,
            Cause = new Cause(parent.Id, parent.SopKey, parent.RecordId, parent.Depth),
            ParentAt = wait ? at.ToString() : null,
            Lane = parent.Lane,
        };
        return await StartAsync(start, ct) ?? throw new StepFailure(FailureClass.Data, new("run.childStarted", sopKey));
    }

    /// <summary>An event that has no row of its own gets an id from what makes it the same event.</summary>
    public static Guid EventOf(string sopKey, string what) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{sopKey}/{what}")).AsSpan(0, 16), bigEndian: true);

    private async Task<bool> HasRunAsync(Start start, CancellationToken ct)
    {
        // Two who start at once take turns, so that the second finds the first one's run.
        if (!start.Record.Type.External) await session.HoldAsync(start.Record.Type.Table, start.Record.Id, ct);
        var open = start.Reentry == Reentry.OnceAtATime ? "AND status < 3" : "";
        // Once ever also means before what is archived.
        return await session.FirstAsync<int?>(
            $"SELECT 1 FROM workflows_run WHERE record_id = @id AND sop_key = @key {open} ORDER BY id {session.Dialect.Limit("@one")}",
            new { id = start.Record.Id, key = start.Sop.Key, one = 1 }, ct) is not null
            || start.Reentry != Reentry.OnceAtATime && await archive.HasRunAsync(start.Record.Id, start.Sop.Key, ct);
    }
}
