using Crm.Shared.Data;
using Crm.Shared.Work;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;

namespace Crm.Workflows.Runtime.Migrations;

/// <summary>What a visit waits for.</summary>
internal sealed record Held(IReadOnlyList<Guid> Who, DateTime? Until)
{
    public Approval? Approval { get; init; }
}

/// <summary>Tasks, approvals and timers that runs wait for, each kind in one read.</summary>
internal sealed class OpenWork(Session session, WorkQueue work)
{
    public async Task<IReadOnlyDictionary<(Guid Run, string At), Held>> OfAsync(IReadOnlyCollection<(Run Run, RunState State)> runs, CancellationToken ct)
    {
        var held = new Dictionary<(Guid, string), Held>();
        if (runs.Count == 0) return held;
        var ids = runs.Select(r => r.Run.Id).ToList();
        foreach (var task in await session.QueryAsync<Row>("SELECT run_id, step_at, assignee_id, due_at FROM workflows_task WHERE run_id IN @ids AND status = 0", new { ids }, ct))
            held[(task.RunId, task.StepAt)] = new([task.AssigneeId], task.DueAt);
        foreach (var row in await session.QueryAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM workflows_approval WHERE run_id IN @ids AND status IN (0, 1)", new { ids }, ct))
        {
            var approval = row.Approval();
            held[(row.RunId, row.StepAt)] = new([.. approval.OpenSeats.Select(s => s.Approver)], row.DueAt) { Approval = approval };
        }
        foreach (var (at, due) in await TimersAsync(runs, ct)) held.TryAdd(at, new([], due));
        return held;
    }

    /// <summary>Why an open approval cannot go on under another version: its stages stay as they were begun, so the version must know them.</summary>
    public static IEnumerable<Contracts.Message> StagesGone(Held held, Step from, Step? to)
    {
        if (held.Approval is not { } approval || to is not ApprovalStep step) return [];
        return approval.Stages.Where(s => step.Stages.All(n => n.Key != s.Key)).Select(s => new Contracts.Message("migrate.stageGone", Migration.Called(from), s.Key));
    }

    private async Task<IEnumerable<KeyValuePair<(Guid, string), DateTime>>> TimersAsync(IReadOnlyCollection<(Run Run, RunState State)> runs, CancellationToken ct)
    {
        var keys = runs
            .SelectMany(r => r.State.Leaves.Where(t => t.Phase is Phase.Waiting or Phase.Retrying).SelectMany(t => Enum.GetValues<TimerFor>().Select(f => (r.Run.Id, At: t.At.ToString(), Key: Wakes.Key(r.Run.Id, t.At, f)))))
            .ToDictionary(k => k.Key, k => (k.Id, k.At));
        return (await work.DueAsync(Wake.Kind, keys.Keys, ct)).Select(due => KeyValuePair.Create(keys[due.Key], due.Value)).DistinctBy(d => d.Key);
    }

    private sealed class Row
    {
        public Guid RunId { get; init; }
        public string StepAt { get; init; } = "";
        public Guid AssigneeId { get; init; }
        public DateTime? DueAt { get; init; }
    }
}
