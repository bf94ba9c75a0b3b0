using Crm.Shared.Access;
using Crm.Shared.Problems;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Contracts;

/// <summary>For steps of modules that act by their module's commands.</summary>
public static class StepCommands
{
    /// <summary>Runs a command as the SOP; its refusals become failures that a person sees as an incident.</summary>
    public static async Task<T> SendAsync<T>(this StepContext context, IRequest<T> command, CancellationToken ct)
    {
        using var _ = context.Services.GetRequiredService<CurrentActor>().As(context.Actor);
        try
        {
            return await context.Services.GetRequiredService<IMediator>().Send(command, ct);
        }
        catch (Problem problem) when (problem.Status is 400 or 404 or 409)
        {
            var said = problem.Errors.Count > 0 ? new Message(problem.Errors[0].Code, problem.Errors[0].Args) : new Message(problem.Code, problem.Args);
            throw new StepFailure(FailureClass.Data, said, problem);
        }
    }
}
