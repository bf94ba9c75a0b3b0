using Crm.Leads.Contracts;
using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Leads.Conversion;

/// <summary>SOP step: converts the lead.</summary>
internal sealed class ConvertStep : IStep
{
    public StepDescription Description { get; } = new("leads.convert", StepGroup.Leads,
        new("转化线索", "Convert the lead"),
        new("将线索转为客户和商机", "Convert the lead to a customer and an opportunity"),
        new("确认意向后自动转化", "Convert as soon as the interest is confirmed"))
    {
        RecordTypes = [LeadType.Key],
        Inputs =
        [
            new("customerName", InputType.Template, new("客户名称", "Customer's name")) { Help = new("不填则取线索的公司", "The lead's company where left out") },
            new("opportunityName", InputType.Template, new("商机名称", "Opportunity's name")),
            new("amount", InputType.Value, new("金额", "Amount")),
        ],
        Outputs =
        [
            new("customer", FieldType.Reference, new("客户", "Customer")) { References = "customer" },
            new("contact", FieldType.Reference, new("联系人", "Contact")) { References = "contact" },
            new("opportunity", FieldType.Reference, new("商机", "Opportunity")) { References = "opportunity" },
        ],
    };

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var deal = await context.SendAsync(new ConvertLead(context.LeadId(), inputs.Words("customerName"), inputs.Words("opportunityName"), inputs.Read<decimal?>("amount")), ct);
        return new()
        {
            Outputs = new JsonObject { ["customer"] = deal.Customer.ToString(), ["contact"] = deal.Contact.ToString(), ["opportunity"] = deal.Opportunity.ToString() },
        };
    }
}
