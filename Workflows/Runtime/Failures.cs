using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime;

/// <summary>Sorts what a step threw into the classes that decide how it goes on.</summary>
internal static class Failures
{
    public static Failed Of(At at, Exception why) => why switch
    {
        StepFailure failure => new(at, failure.Class, failure.Said),
        Problem { Status: 403 } problem => new(at, FailureClass.Permission, Said(problem)),
        Problem { Status: 412 } problem => new(at, FailureClass.Transient, Said(problem)),
        Problem problem => new(at, FailureClass.Data, Said(problem)),
        TimeoutException or HttpRequestException or IOException => new(at, FailureClass.Transient, new("run.outside", why.Message)),
        _ => new(at, FailureClass.Configuration, new("run.unexpected", why.GetType().Name, why.Message)),
    };

    /// <summary>Not the step's fault: the whole piece of work is done again.</summary>
    public static bool BelongsToQueue(Exception why, Dialect dialect, CancellationToken ct) =>
        ct.IsCancellationRequested || dialect.IsTransient(why) || why is LostTurnException or HalfDone;

    private static Message Said(Problem problem) => problem.Errors is [var first, ..]
        ? new("run.wrongField", (object?)first.Named ?? first.Field, new Message(first.Code, first.Args))
        : new(problem.Code, problem.Args);
}
