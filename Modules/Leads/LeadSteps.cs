using Crm.Workflows.Contracts;

namespace Crm.Leads;

/// <summary>What the SOP steps of leads share.</summary>
internal static class LeadSteps
{
    public static Guid LeadId(this StepContext context) => context.Item is { Type: LeadType.Key } item ? item.Id : context.Record.Id;
}
