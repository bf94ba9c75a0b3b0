using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Engine;

/// <summary>The interpreter: decides, and does nothing. The same plan, state, stimulus and time always give the same turn.</summary>
internal static class Engine
{
    /// <summary>Steps that one run may visit in all: ends what would go round for ever.</summary>
    public const int MaxVisits = 10_000;

    /// <summary>One stimulus. The runtime answers <see cref="Turn.Questions"/> with further stimuli until none is left, then commits all of it.</summary>
    public static Turn Advance(SopPlan plan, RunState state, Stimulus stimulus, DateTime now)
    {
        // What never began can still be given up.
        var takes = stimulus switch
        {
            Started => state.Root is null && state.Visits.Count == 0,
            Cancelled => true,
            _ => state.Root is not null,
        };
        if (!takes || state.Status != RunStatus.Running)
            return Ignore(state, stimulus is Started ? "engine.alreadyStarted" : "engine.notRunning");

        var walk = new Walk(plan, state.Copy(), now);
        return walk.Take(stimulus) is { } reason ? Ignore(state, reason) : new(walk.State, walk.Effects);
    }

    private static Turn Ignore(RunState state, string code) => new(state, [], new Message(code));
}
