using System.Text.Json.Nodes;
using Crm.Service.Contracts;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Service.Tickets;

/// <summary>SOP step: opens a ticket about the record's customer.</summary>
internal sealed class OpenTicketStep : IStep
{
    public StepDescription Description { get; } = new("service.openTicket", StepGroup.Service,
        new("新建工单", "Open a ticket"), new("新建工单“{subject}”", "Open the ticket \"{subject}\""), new("回访不满意时开投诉工单", "Open a complaint when the return visit went badly"))
    {
        Inputs =
        [
            new("subject", InputType.Template, new("主题", "Subject")) { Required = true },
            new("description", InputType.Template, new("描述", "Description")),
            new("priority", InputType.Select, new("优先级", "Priority")) { Default = "normal", Options = Choices(TicketType.Priorities) },
            new("kind", InputType.Select, new("类型", "Kind")) { Default = "question", Options = Choices(TicketType.Kinds) },
            new("queue", InputType.Select, new("队列", "Queue")) { Default = "support", Options = Choices(TicketType.Queues) },
            new("owner", InputType.People, new("负责人", "Owner")) { NobodyIsFine = true, Help = new("留空则在队列等候", "Waits in the queue when empty") },
        ],
        Outputs = [new("ticket", FieldType.Reference, new("工单", "Ticket")) { References = TicketType.Key }, new("number", FieldType.Text, new("工单号", "Number"))],
    };

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var (type, id) = context.Item ?? context.Record;
        var record = await context.Services.GetRequiredService<IRecords>().FindAsync(type, id, ct) ?? throw new StepFailure(FailureClass.Data, new("notFound", type, id));
        var opened = await context.SendAsync(new OpenTicket(inputs.Words("subject")!)
        {
            Description = inputs.Words("description"),
            Priority = inputs.Text("priority"),
            Kind = inputs.Text("kind"),
            Queue = inputs.Text("queue"),
            Channel = "sop",
            Customer = About(record, "customer"),
            Contact = About(record, "contact"),
            Owner = await OwnerAsync(context, inputs, ct),
        }, ct);
        return new() { Outputs = new JsonObject { ["ticket"] = opened.Id.ToString(), ["number"] = opened.Number }, Why = new(opened.Number, opened.Number) };
    }

    /// <summary>The record itself, or whom it refers to.</summary>
    private static Guid? About(Record record, string what) =>
        record.Type.Key == what ? record.Id : record.Type.Find(what) is { Type: FieldType.Reference } ? record.Reference(what) : null;

    private static async Task<Guid?> OwnerAsync(StepContext context, StepInputs inputs, CancellationToken ct) =>
        inputs.Read<PeopleRule>("owner") is { } rule && await context.Services.GetRequiredService<IPeople>().FindAsync(rule, context, $"{context.SopKey}/{context.StepId}", ct) is [var found, ..] ? found.User : null;

    private static IReadOnlyList<Choice> Choices(IReadOnlyList<Option> options) => [.. options.Select(o => new Choice(o.Key, o.Label))];
}
