using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Calendars;

/// <summary>Moves timers of waits that are counted anew, from when the run came to the step.</summary>
internal sealed class WaitTimes(Session session, RunStore runs, CountAgain again, IRecords records, WorkQueue work, Texts texts)
{
    /// <param name="code">Text that tells why, with the new reckoning in it.</param>
    /// <param name="concerns">Whether it is about records of this unit.</param>
    /// <returns>What the run's history is to say; null where the time stays.</returns>
    public async Task<Entry?> AnewAsync(Run run, At at, TimerFor purpose, Moment moment, string code, Func<Guid?, bool> concerns, CancellationToken ct)
    {
        if (await runs.CameAsync(run.Id, at, ct) is not { } came) return null;
        var unit = (await records.FindAsync(run.RecordType, run.RecordId, ct))?.Unit;
        if (!concerns(unit)) return null;
        var key = Wakes.Key(run.Id, at, purpose);
        if (await again.AtAsync(run, at, moment, came, unit, ct) is not { } anew) return null;
        if (await session.FirstAsync<DateTime?>("SELECT due_at FROM shared_work WHERE kind = @kind AND item_key = @key", new { kind = Wake.Kind, key }, ct) is not { } due || due == anew.Utc) return null;
        if (!await work.MoveAsync(Wake.Kind, key, anew.Utc, ct)) return null;
        var why = new Message(code, anew.Why).In(texts);
        return new(at, NoteKind.Waiting) { Detail = new JsonObject { ["until"] = JsonValue.Create(anew.Utc), ["dueWhy"] = Showing.Node(why) } };
    }
}
