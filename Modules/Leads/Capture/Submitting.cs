using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using MediatR;

namespace Crm.Leads.Capture;

/// <summary>A visitor sends a form: it becomes a lead in the pool, and whatever SOP waits for leads starts.</summary>
internal sealed record SubmitForm(string Slug, IReadOnlyDictionary<string, JsonElement> Values) : ICommand<PublicForm>;

internal sealed class SubmitFormHandler(PublicForms forms, IRecords records, Session session, IMediator mediator, CurrentActor actor, Ids ids, TimeProvider time) : IRequestHandler<SubmitForm, PublicForm>
{
    /// <summary>Visible to robots only; what they fill in is thrown away.</summary>
    private const string Honeypot = "website";
    private const int MostKnown = 5;
    private static readonly TimeSpan SameAgain = TimeSpan.FromMinutes(10);

    public async Task<PublicForm> Handle(SubmitForm request, CancellationToken cancellationToken)
    {
        var form = await forms.FindAsync(request.Slug, cancellationToken);
        if (request.Values.TryGetValue(Honeypot, out var filled) && filled is not { ValueKind: JsonValueKind.Null } && filled.ToString().Length > 0) return form;
        var given = request.Values.Where(v => v.Key != Honeypot).ToDictionary(v => v.Key, v => v.Value);
        Check(form, given);
        var values = given.ToDictionary(v => v.Key, v => (object?)v.Value);
        values["form"] = form.Record.Id;
        values["source"] = form.Record.Text("source") ?? "webForm";
        values["channelDetail"] = form.Record.Text("channelDetail") ?? form.Record.Name;
        // Two clicks at once take turns, so that the second finds what the first has left.
        await session.HoldAsync(form.Record.Type.Table, form.Record.Id, cancellationToken);
        if (await SentBeforeAsync(form, given, cancellationToken)) return form;
        using var _ = actor.As(new Actor { Name = form.Record.Name, Source = Source.Form, Locale = actor.Value.Locale });
        var lead = await records.CreateAsync(LeadType.Key, values, WriteOptions.AsFeature(), cancellationToken);
        await TellAsync(form, lead, given, cancellationToken);
        return form;
    }

    /// <summary>SOPs start for the new lead; those that wait for a word of somebody we know hear it too.</summary>
    private async Task TellAsync(PublicForm form, Record lead, Dictionary<string, JsonElement> given, CancellationToken ct)
    {
        var told = new JsonObject { ["form"] = form.Record.Text("slug"), ["answers"] = JsonSerializer.SerializeToNode(given) };
        var happened = new RecordEvent(RecordEvents.Form, ids.Next(), lead, told);
        await mediator.Publish(happened, ct);
        foreach (var column in new[] { "phone", "email" })
            if (lead.Text(column) is { } way)
                foreach (var id in await session.QueryAsync<Guid>($"SELECT id FROM leads_lead WHERE {column} = @way AND id <> @lead AND deleted_at IS NULL ORDER BY id DESC {session.Dialect.Limit("@most")}", new { way, lead = lead.Id, most = MostKnown }, ct))
                    if (await records.FindAsync(LeadType.Key, id, ct) is { } known) await mediator.Publish(happened with { Record = known, Starts = false }, ct);
    }

    private static void Check(PublicForm form, Dictionary<string, JsonElement> given)
    {
        var errors = given.Keys.Where(k => !form.Fields.Contains(k)).Select(k => new FieldError(k, "field.unknown", k)).ToList();
        errors.AddRange(form.Required.Where(f => Text(given, f).Length == 0).Select(f => new FieldError(f, "field.required")));
        if (errors.Count == 0 && FormRule.Ways.All(w => Text(given, w).Length == 0))
            errors.Add(new(FormRule.Ways.First(form.Fields.Contains), "form.noContact"));
        if (errors.Count > 0) throw Problem.Invalid([.. errors]);
    }

    /// <summary>An impatient second click is not a second lead.</summary>
    private async Task<bool> SentBeforeAsync(PublicForm form, Dictionary<string, JsonElement> given, CancellationToken ct)
    {
        var args = new { form = form.Record.Id, since = time.UtcNow() - SameAgain, phone = Text(given, "phone"), email = Text(given, "email").ToLowerInvariant() };
        foreach (var (column, value) in new[] { ("phone", args.phone), ("email", args.email) })
            if (value.Length > 0 && await session.FirstAsync<int?>($"SELECT 1 FROM leads_lead WHERE {column} = @{column} AND form_id = @form AND created_at > @since AND deleted_at IS NULL", args, ct) is not null) return true;
        return false;
    }

    private static string Text(Dictionary<string, JsonElement> given, string key) =>
        given.TryGetValue(key, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value.ToString().Trim() : "";
}
