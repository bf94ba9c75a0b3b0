using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime.Mailing;

/// <summary>A mail template with its names filled in, as the mail step takes it.</summary>
/// <param name="Subject">With options and the like said in each language.</param>
internal sealed record MailText(string Code, Label Subject, Label Body);

/// <summary>Renders mail templates, which are records.</summary>
internal sealed class MailTexts(IRecords records, ICatalogueSource catalogue, Wording wording)
{
    public async Task<MailText> RenderAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, string code, CancellationToken ct)
    {
        var type = catalogue.Current.Find(MailTemplates.Type) ?? throw new StepFailure(FailureClass.Configuration, new("run.unknownType", MailTemplates.Type));
        var found = await records.ListAsync(new(type.Key) { Filter = new Condition(MailTemplates.Code, [type.Find(MailTemplates.Code)!], FilterOp.Eq, [new Literal(code)]), Limit = 1, Trusted = true }, ct);
        if (found.Items is not [var template, ..]) throw new StepFailure(FailureClass.Configuration, new("run.noMailTemplate", code));
        var (subject, body) = (template.Text("subject") ?? "", template.Text("body") ?? "");
        return new(code, await wording.RenderAsync(turn, at, items, new(subject, subject), ct), await wording.RenderAsync(turn, at, items, new(body, body), ct));
    }
}
