using Crm.Sales.Contracts;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Sales.Quotes;

/// <summary>SOP step: carries the outcome of an approval to the quote.</summary>
internal sealed class QuoteStatusStep : IStep
{
    public StepDescription Description { get; } = new("sales.quoteStatus", StepGroup.Sales,
        new("记录报价审批结果", "Record a quote's approval"),
        new("将报价标记为 {decision}", "Mark the quote as {decision}"),
        new("审批通过后将报价标记为已批准", "After the approval, mark the quote as approved"))
    {
        RecordTypes = [QuoteType.Key],
        Inputs =
        [
            new("decision", InputType.Select, new("结果", "Outcome"))
            {
                Required = true,
                Options = [new("approved", new("已批准", "Approved")), new("rejected", new("已驳回", "Rejected")), new("returned", new("退回修改", "Returned to be reworked"))],
            },
            new("note", InputType.Template, new("说明", "Note")),
        ],
    };

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var quote = context.Item is { Type: QuoteType.Key } item ? item.Id : context.Record.Id;
        using var _ = context.Services.GetRequiredService<CurrentActor>().As(context.Actor);
        try
        {
            await context.Services.GetRequiredService<IMediator>().Send(new DecideQuote(quote, inputs.Read<QuoteDecision>("decision"), inputs.Text("note")), ct);
            return StepResult.Done;
        }
        catch (Problem problem) when (problem.Status is 400 or 404 or 409)
        {
            throw new StepFailure(FailureClass.Data, new Message(problem.Code, problem.Args), problem);
        }
    }
}
