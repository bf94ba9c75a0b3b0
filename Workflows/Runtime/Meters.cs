using System.Diagnostics.Metrics;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime;

/// <summary>What the engine does, as metrics per SOP and step.</summary>
internal sealed class Meters
{
    public const string Name = "Crm.Workflows";

    private readonly Counter<long> started;
    private readonly Counter<long> ended;
    private readonly Counter<long> moved;
    private readonly Counter<long> turns;
    private readonly Counter<long> incidents;
    private readonly Counter<long> held;
    private readonly Counter<long> steps;
    private readonly Histogram<double> acts;
    private readonly Histogram<double> runs;

    public Meters(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        started = meter.CreateCounter<long>("crm.runs.started", description: "Runs started");
        ended = meter.CreateCounter<long>("crm.runs.ended", description: "Runs ended, by outcome");
        moved = meter.CreateCounter<long>("crm.runs.moved", description: "Runs moved to another version");
        turns = meter.CreateCounter<long>("crm.turns", description: "Turns committed");
        incidents = meter.CreateCounter<long>("crm.incidents", description: "Incidents opened");
        held = meter.CreateCounter<long>("crm.runs.held", description: "Starts that a quota has put off");
        steps = meter.CreateCounter<long>("crm.steps", description: "Steps left, by how: completed, failed, timed out, skipped, cancelled");
        acts = meter.CreateHistogram<double>("crm.step.duration", "ms", "Time an acting step took");
        runs = meter.CreateHistogram<double>("crm.run.duration", "s", "Time from start to end of a run");
    }

    public void Started(Run run) => started.Add(1, Sop(run.SopKey));

    public void Moved(Run run) => moved.Add(1, Sop(run.SopKey));

    public void Held(Run run) => held.Add(1, Sop(run.SopKey));

    /// <summary>A step has acted, here or outside.</summary>
    public void Acted(string sop, string step, string kind, TimeSpan took) => acts.Record(took.TotalMilliseconds, Sop(sop), new("step", step), new("kind", kind));

    public void Turned(TurnContext turn, Standing standing)
    {
        var sop = Sop(turn.Run.SopKey);
        turns.Add(1, sop);
        if (steps.Enabled)
            foreach (var entry in turn.Entries.Where(e => e.Kind is NoteKind.Completed or NoteKind.Failed or NoteKind.TimedOut or NoteKind.Skipped or NoteKind.Cancelled))
                steps.Add(1, sop, new("step", entry.At.Step), new("how", entry.Kind.ToString()));
        if (standing == Standing.Incident && turn.Run.Status != Standing.Incident) incidents.Add(1, sop);
        if (turn.State.Status == RunStatus.Running) return;
        ended.Add(1, sop, new("outcome", standing.ToString()));
        runs.Record((turn.Now - turn.Run.StartedAt).TotalSeconds, sop);
    }

    private static KeyValuePair<string, object?> Sop(string key) => new("sop", key);
}
