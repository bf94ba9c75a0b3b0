using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Outside;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Trials;

/// <summary>Plays a run, and those that it calls, within a rehearsal: by the handlers that run it in earnest, in the order in which its work falls due.</summary>
internal sealed class Play(
    Session session, SopPlans plans, ActingSteps acting, RunStarter starter, RunStore runs, TaskStore tasks, ApprovalStore approvals,
    IEnumerable<IWorkHandler> handlers, IEnumerable<IOutsideHandler> outside, CurrentActor current, Ids ids)
{
    /// <summary>What goes on longer than this is taken for endless.</summary>
    public const int MostWork = 2_000;

    private readonly List<Guid> mine = [];
    private readonly Dictionary<long, bool> known = [];
    private int done;

    /// <summary>The run first, then those it called.</summary>
    public IReadOnlyList<Guid> Runs => mine;

    private Rehearsal Stage => session.Rehearsal!;

    public async Task StartAsync(PublishedSop sop, Record record, string by, Guid? initiator, IReadOnlyList<Guid> chosen, CancellationToken ct)
    {
        var start = new Start(sop, record, ids.Next(), by) { Initiator = initiator, Chosen = chosen };
        mine.Add((await starter.StartAsync(start, ct))!.Value);
        await GoAsync(Stage.Now, ct);
    }

    /// <summary>Does all that falls due until then.</summary>
    public async Task GoAsync(DateTime until, CancellationToken ct)
    {
        while (await NextAsync(ct) is { } next && next.Due <= until)
        {
            Stage.MoveTo(next.Due);
            await TakeAsync(next, ct);
        }
        Stage.MoveTo(until);
    }

    /// <summary>The next work of these runs: a timer, a reminder, an escalation.</summary>
    public async Task<RehearsedWork?> NextAsync(CancellationToken ct)
    {
        foreach (var work in Stage.Work.OrderBy(w => w.Due).ThenBy(w => w.Order))
            if (await IsMineAsync(work, ct) && !(work.Kind == OutsideWork.WorkKind && await WantsAnswerAsync(work, ct))) return work;
        return null;
    }

    /// <summary>Steps that act outside and whose answer later steps read: somebody must say what it is.</summary>
    public async Task<IReadOnlyList<OutsideWork>> UnansweredAsync(CancellationToken ct)
    {
        var open = new List<OutsideWork>();
        foreach (var work in Stage.Work.Where(w => w.Kind == OutsideWork.WorkKind))
            if (await IsMineAsync(work, ct) && await WantsAnswerAsync(work, ct)) open.Add(Outside(work));
        return open;
    }

    /// <summary>False where the run asks nothing outside there.</summary>
    public async Task<bool> AnswerAsync(Guid run, string at, OutsideResult result, CancellationToken ct)
    {
        if (Stage.Work.Find(w => w.Kind == OutsideWork.WorkKind && Outside(w) is var o && o.Run == run && o.At == at) is not { } work) return false;
        Stage.Take(work);
        await AnswerAsync(work, result, ct);
        return true;
    }

    private async Task TakeAsync(RehearsedWork work, CancellationToken ct)
    {
        Stage.Take(work);
        if (++done > MostWork) throw Problem.Conflict("trial.endless", MostWork);
        if (work.Kind == OutsideWork.WorkKind)
        {
            await AnswerAsync(work, new() { Done = StepResult.Because(new Label("试运行：没有真正发出", "Trial: not really sent")) }, ct);
            return;
        }
        var handler = handlers.First(h => h.Kind == work.Kind);
        var item = Item(work);
        using var _ = current.As(Actor.System);
        try
        {
            await session.SavepointAsync(() => Doing(handler.RunAsync(item, ct)), ct);
        }
        catch (Exception why) when (!ct.IsCancellationRequested && !session.Dialect.IsTransient(why))
        {
            // In earnest the queue tries again for a while before it gives up; here it would only fail as often.
            await handler.GaveUpAsync(item, why, ct);
        }
    }

    private async Task AnswerAsync(RehearsedWork work, OutsideResult result, CancellationToken ct)
    {
        using var _ = current.As(Actor.System);
        await outside.First(h => h.Kind == OutsideWork.WorkKind).DoneAsync(Item(work), JsonSerializer.Serialize(result, ContractJson.Options), ct);
    }

    private async ValueTask<bool> IsMineAsync(RehearsedWork work, CancellationToken ct)
    {
        if (known.TryGetValue(work.Order, out var answer)) return answer;
        var run = work.Kind switch
        {
            Wake.Kind => JsonSerializer.Deserialize<Wake>(work.Payload, ContractJson.Options)!.Run,
            OutsideWork.WorkKind => Outside(work).Run,
            TaskAlarms.Kind => (await tasks.FindAsync(JsonDocument.Parse(work.Payload).RootElement.GetProperty("task").GetGuid(), ct))?.RunId,
            SeatTimers.Kind => (await approvals.FindAsync(JsonSerializer.Deserialize<SeatDue>(work.Payload, Stored.Json)!.Approval, ct))?.RunId,
            _ => null,
        };
        return known[work.Order] = run is { } id && (mine.Contains(id) || await IsCalledAsync(id, ct));
    }

    /// <summary>A run that a step of ours calls is played too; one that a change happens to start is not.</summary>
    private async Task<bool> IsCalledAsync(Guid id, CancellationToken ct)
    {
        if (await runs.FindAsync(id, ct) is not { StartedBy: "call", CauseRunId: { } cause } || !mine.Contains(cause)) return false;
        mine.Add(id);
        return true;
    }

    private async ValueTask<bool> WantsAnswerAsync(RehearsedWork work, CancellationToken ct)
    {
        var (asked, step) = (Outside(work), At.Parse(Outside(work).At).Step);
        if (await runs.FindAsync(asked.Run, ct) is not { } run || acting.Find(asked.Kind) is not { } kind) return false;
        var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
        return kind.Description.Outputs.Any(o => plan.Reads(step, o.Key)) || kind.Description.Outcomes.Count > 0 && plan.Reads(step, "outcome");
    }

    private static OutsideWork Outside(RehearsedWork work) => JsonSerializer.Deserialize<OutsideWork>(work.Payload, ContractJson.Options)!;

    private static WorkItem Item(RehearsedWork work) => new() { Id = Guid.NewGuid(), Kind = work.Kind, ItemKey = work.Key, Lane = work.Lane, Payload = work.Payload, Fence = 1, Attempts = 1 };

    private static async Task<bool> Doing(Task work)
    {
        await work;
        return true;
    }
}
