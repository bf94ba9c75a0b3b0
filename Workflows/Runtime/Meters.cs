using System.Diagnostics.Metrics;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime;

/// <summary>What the engine does, as metrics.</summary>
internal sealed class Meters
{
    private readonly Counter<long> started;
    private readonly Counter<long> ended;
    private readonly Counter<long> turns;
    private readonly Counter<long> incidents;
    private readonly Histogram<double> steps;
    private readonly Histogram<double> runs;

    public Meters(IMeterFactory factory)
    {
        var meter = factory.Create("Crm.Workflows");
        started = meter.CreateCounter<long>("crm.runs.started", description: "Runs started");
        ended = meter.CreateCounter<long>("crm.runs.ended", description: "Runs ended, by outcome");
        turns = meter.CreateCounter<long>("crm.turns", description: "Turns committed");
        incidents = meter.CreateCounter<long>("crm.incidents", description: "Incidents opened");
        steps = meter.CreateHistogram<double>("crm.step.duration", "ms", "Time an acting step took");
        runs = meter.CreateHistogram<double>("crm.run.duration", "s", "Time from start to end of a run");
    }

    public void Started(Run run) => started.Add(1, Sop(run.SopKey));

    public void Stepped(string sop, string kind, TimeSpan took) => steps.Record(took.TotalMilliseconds, Sop(sop), new("kind", kind));

    public void Turned(TurnContext turn, Standing standing)
    {
        turns.Add(1, Sop(turn.Run.SopKey));
        if (standing == Standing.Incident && turn.Run.Status != Standing.Incident) incidents.Add(1, Sop(turn.Run.SopKey));
        if (turn.State.Status == RunStatus.Running) return;
        ended.Add(1, Sop(turn.Run.SopKey), new("outcome", standing.ToString()));
        runs.Record((turn.Now - turn.Run.StartedAt).TotalSeconds, Sop(turn.Run.SopKey));
    }

    private static KeyValuePair<string, object?> Sop(string key) => new("sop", key);
}
