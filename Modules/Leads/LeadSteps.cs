using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Leads;

/// <summary>What the SOP steps of leads share.</summary>
internal static class LeadSteps
{
    public static Guid LeadId(this StepContext context) => context.Item is { Type: LeadType.Key } item ? item.Id : context.Record.Id;

    /// <summary>Runs a command as the SOP; its refusals become failures that a person sees as an incident.</summary>
    public static async Task<T> SendAsync<T>(StepContext context, IRequest<T> command, CancellationToken ct)
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
