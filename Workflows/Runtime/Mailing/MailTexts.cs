using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime.Mailing;

/// <summary>A mail template with its names filled in, as the mail step takes it.</summary>
/// <param name="Subject">With options and the like said in each language.</param>
internal sealed record MailText(string Code, Label Subject, MailBody Body);

/// <summary>A mail's text in each language.</summary>
/// <param name="Html">It was written as HTML. What was inserted does not count: visitors write it too.</param>
internal sealed record MailBody(string Zh, string En, bool Html)
{
    public string In(string locale) => new Label(Zh, En).In(locale);
}

/// <summary>Renders the texts of mails: those of steps, and mail templates, which are records.</summary>
internal sealed class MailTexts(IRecords records, ICatalogueSource catalogue, Reading reading, Wording wording)
{
    public async Task<MailText> RenderAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, string code, CancellationToken ct)
    {
        var type = catalogue.Current.Find(MailTemplates.Type) ?? throw new StepFailure(FailureClass.Configuration, new("run.unknownType", MailTemplates.Type));
        var found = await records.ListAsync(new(type.Key) { Filter = new Condition(MailTemplates.Code, [type.Find(MailTemplates.Code)!], FilterOp.Eq, [new Literal(code)]), Limit = 1, Trusted = true }, ct);
        if (found.Items is not [var template, ..]) throw new StepFailure(FailureClass.Configuration, new("run.noMailTemplate", code));
        var (subject, body) = (template.Text("subject") ?? "", template.Text("body") ?? "");
        return new(code, await wording.RenderAsync(turn, at, items, new(subject, subject), ct), await BodyAsync(turn, at, items, new(body, body), ct));
    }

    public async Task<MailBody> BodyAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, Label text, CancellationToken ct)
    {
        var html = MailHtml.Is(text.Zh) || MailHtml.Is(text.En);
        return new(await OneAsync(text.Zh, "zh"), await OneAsync(text.En, "en"), html);

        async Task<string> OneAsync(string template, string locale)
        {
            var values = await reading.ValuesAsync(turn, at, items, Templates.Names(template), locale, ct);
            return !html ? values.Render(template) : MailHtml.Is(template) ? values.Render(template, html: true) : MailHtml.Of(values.Render(template));
        }
    }
}
