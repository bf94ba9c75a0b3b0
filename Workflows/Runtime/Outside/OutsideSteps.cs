using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime.Outside;

/// <summary>A step that acts outside the database, as the queue keeps it.</summary>
internal sealed record OutsideWork(Guid Run, string At, string Kind, int Attempt, IReadOnlyList<RecordRef> Items, Dictionary<string, JsonElement> Inputs)
{
    public const string WorkKind = "workflows.outside";
}

/// <summary>What came of it.</summary>
internal sealed record OutsideResult
{
    public StepResult? Done { get; init; }
    public FailureClass? Failed { get; init; }
    public Message? Said { get; init; }
}

/// <summary>Hands steps that act outside to the queue: they run after the commit and are answered by a later turn.</summary>
internal sealed class OutsideSteps(WorkQueue work)
{
    public Task EnqueueAsync(TurnContext turn, Execute ask, string kind, Dictionary<string, JsonElement> inputs, CancellationToken ct) =>
        work.EnqueueAsync(OutsideWork.WorkKind, $"{turn.Run.Id:N}/{ask.At}/{ask.Attempt}",
            JsonSerializer.Serialize(new OutsideWork(turn.Run.Id, ask.At.ToString(), kind, ask.Attempt, ask.Items, inputs), ContractJson.Options),
            Lane.Outside, null, ct);
}

/// <summary>Performs them. A failure is told to the run, which decides about the next try, so that every attempt stands in its history.</summary>
internal sealed class OutsideHandler(RunStore runs, ActingSteps steps, Turns turns, Wakes wakes, WorkQueue queue, CurrentActor current, IServiceProvider services, Meters meters, TimeProvider time) : IOutsideHandler
{
    public string Kind => OutsideWork.WorkKind;

    public async Task<string?> PerformAsync(WorkItem item, CancellationToken ct)
    {
        var (work, at) = Read(item);
        // Cancelled or answered meanwhile: nobody waits for it any more.
        if (await runs.FindAsync(work.Run, ct) is not { Ended: false, State: { } state } run || RunState.Read(state).Line(at) is not [.., { Phase: Phase.Asked }]) return null;
        var step = steps.Find(work.Kind);
        if (step is null) return Write(new() { Failed = FailureClass.Configuration, Said = new("run.unknownStep", work.Kind) });
        var actor = new Actor { Name = run.SopKey, Source = Source.Sop, Unlimited = true, Cause = new Cause(run.Id, run.SopKey, run.RecordId, run.Depth) };
        using var _ = current.As(actor);
        var started = time.GetTimestamp();
        try
        {
            var context = new StepContext
            {
                RunId = run.Id,
                SopKey = run.SopKey,
                StepId = at.Step,
                Visit = at.Visit,
                Record = run.Record,
                Item = work.Items is [.., var last] ? last : null,
                Initiator = run.InitiatorId,
                Actor = actor,
                Services = services,
            };
            return Write(new() { Done = await step.RunAsync(context, new StepInputs(work.Inputs), ct) });
        }
        catch (Exception why) when (!ct.IsCancellationRequested)
        {
            var failed = Failures.Of(at, why);
            return Write(new() { Failed = failed.Class, Said = failed.Said });
        }
        finally
        {
            meters.Acted(run.SopKey, at.Step, work.Kind, time.GetElapsedTime(started));
        }
    }

    public async Task DoneAsync(WorkItem item, string? result, CancellationToken ct)
    {
        if (result is null) return;
        var (work, at) = Read(item);
        var came = JsonSerializer.Deserialize<OutsideResult>(result, ContractJson.Options)!;
        Stimulus stimulus = came.Done is { } done
            ? new Executed(at, done.Outcome, done.Outputs, done.Why)
            : new Failed(at, came.Failed ?? FailureClass.Transient, came.Said ?? new("run.outside", ""));
        await turns.TakeAsync(new(work.Run, stimulus), ct, turn =>
        {
            turn.Attempt(at, work.Attempt);
            if (steps.Find(work.Kind)?.Description is { } description) turn.Given(at, description.Told(work.Inputs));
        });
    }

    /// <summary>Only where the attempt could not even be recorded: the queue tries again and at last the run is told, by a turn that the queue looks after in its own way.</summary>
    public async Task FailedAsync(WorkItem item, Exception why, bool last, CancellationToken ct)
    {
        if (!last) return;
        var (work, at) = Read(item);
        await wakes.WakeAsync(work.Run, new Failed(at, FailureClass.Configuration, new("run.unexpected", why.GetType().Name, why.Message)), null, Lane.Normal, ct);
        await queue.DropAsync(item, ct);
    }

    private static (OutsideWork Work, At At) Read(WorkItem item)
    {
        var work = JsonSerializer.Deserialize<OutsideWork>(item.Payload, ContractJson.Options)!;
        return (work, At.Parse(work.At));
    }

    private static string Write(OutsideResult result) => JsonSerializer.Serialize(result, ContractJson.Options);
}
