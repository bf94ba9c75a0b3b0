using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition.Described;
using Crm.Workflows.Runtime.Mailing;

namespace Crm.Workflows.Steps;

/// <summary>Tells people in the page, and by mail where they want it.</summary>
internal sealed class Notify(IPeople people, INotifier notifier, IDirectory directory, ICatalogueSource catalogue, Texts texts) : IStep
{
    public StepDescription Description => Acting.Notify;

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var rule = inputs.Read<PeopleRule>("to") ?? throw new StepFailure(FailureClass.Configuration, new("run.nobody"));
        var found = await people.FindAsync(rule, context, $"{context.SopKey}/{context.StepId}", ct);
        if (found.Count == 0) throw new StepFailure(FailureClass.Configuration, new("run.nobody"));
        var link = catalogue.Current.Find(context.Record.Type) is { HasApi: true } type ? $"/{type.Plural}/{context.Record.Id}" : null;
        await notifier.NotifyAsync([.. found.Select(f => f.User)], new("sop", inputs.Wording("title")!, inputs.Wording("body"), link, context.IdempotencyKey), ct);
        var view = await directory.ReadAsync(ct);
        var names = found.Select(f => view.Person(f.User)?.Name).OfType<string>().ToArray();
        return StepResult.Because(new Message("run.told", new Label(string.Join("、", names), string.Join(", ", names))).In(texts));
    }
}

/// <summary>Sends a mail through the mailer: stored in the turn, sent at least once under one message id.</summary>
internal sealed class SendMail(IMailer mailer, MailTracking tracking, IDirectory directory, Texts texts) : IStep
{
    // The mailer takes it in our transaction, so unlike other outside steps it needs no turn of its own to report.
    public StepDescription Description { get; } = Acting.Mail with { External = false };

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var (to, locale) = await AddressAsync(inputs.Json("to"), inputs.Text("language") ?? "zh", ct) ?? throw new StepFailure(FailureClass.Data, new("run.noAddress"));
        var template = inputs.Read<MailText>("template");
        // What the step itself says comes before its template.
        var (subject, written) = (inputs.Wording("subject")?.In(locale) ?? template?.Subject.In(locale), inputs.Read<MailBody>("body") ?? template?.Body);
        var body = written?.In(locale);
        if (string.IsNullOrWhiteSpace(subject) || string.IsNullOrWhiteSpace(body)) throw new StepFailure(FailureClass.Configuration, new("run.emptyMail"));
        var track = inputs.Read<bool?>("track") == true;
        var html = written!.Html ? body : track ? MailHtml.Of(body) : null;
        if (track) html = await tracking.AddAsync(context, template?.Code, html!, ct);
        await mailer.EnqueueAsync(context.IdempotencyKey, new(to, subject, html, html is null ? body : null), ct);
        return new() { Outputs = new JsonObject { ["to"] = to }, Why = new Message("run.mailed", to).In(texts) };
    }

    /// <summary>Colleagues read their own language; what others read is not known of them, so the step says it.</summary>
    private async Task<(string To, string Locale)?> AddressAsync(JsonElement? to, string language, CancellationToken ct)
    {
        if (to is not { ValueKind: JsonValueKind.String } text || text.GetString()?.Trim() is not { Length: > 0 } address) return null;
        // A path to a person gives their id.
        var view = await directory.ReadAsync(ct);
        var person = Guid.TryParse(address, out var id) ? view.Person(id) : view.People.FirstOrDefault(p => p.Email.Equals(address, StringComparison.OrdinalIgnoreCase));
        return person is not null ? (person.Email, person.Locale) : address.Contains('@') ? (address, language) : null;
    }
}
