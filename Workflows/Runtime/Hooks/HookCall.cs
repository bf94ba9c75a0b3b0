using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Shared.Work;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;

namespace Crm.Workflows.Runtime.Hooks;

/// <summary>A call from outside: finds or makes the record, writes what was mapped and starts the run, all in one transaction. Under the same key it happens once.</summary>
internal sealed class HookCall(
    Session session, HookTokens tokens, SopsNow sops, RunStarter starter, TriggerFilter filters, IRecords records, ICatalogueSource catalogue, Templates templates,
    CurrentActor current, Ids ids, TimeProvider time)
{
    private const int LongestKey = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <param name="key">Header <c>Idempotency-Key</c>; else the body's member <c>idempotencyKey</c>.</param>
    public Task<JsonObject> TakeAsync(string token, string? key, JsonElement body, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        // A wrong token is answered like a page that is not there, and not repeated.
        if (await tokens.SopAsync(token, ct) is not { } sopKey || (await sops.ReadAsync(ct)).Find(sopKey) is not { } sop
            || sop.Sop.Triggers.FirstOrDefault(t => t.Kind == TriggerKinds.Webhook) is not { } trigger) throw Problem.NotFound("hook", "");
        if (body.ValueKind != JsonValueKind.Object) throw Problem.Invalid("", "hook.notObject");
        var payload = JsonSerializer.SerializeToNode(body)!.AsObject();
        key ??= (payload["idempotencyKey"] as JsonValue)?.ToString();
        if (key is "") throw Problem.Invalid("idempotencyKey", "field.required");
        if (key is { Length: > LongestKey }) throw Problem.Invalid("idempotencyKey", "field.tooLong", LongestKey, key.Length);
        if (key is not null && await session.FirstAsync<Answer>("SELECT run_id, record_id FROM workflows_hook_call WHERE sop_key = @sopKey AND call_key = @key", new { sopKey, key }, ct) is { } before)
            return Show(before.RunId, before.RecordId);

        using var _ = current.As(new Actor { Name = trigger.Inputs["name"].GetString()!, Source = Source.Api, Unlimited = true });
        var record = await RecordAsync(sop, trigger, payload, ct);
        var run = await filters.HoldsAsync(trigger, record, current.Value, ct)
            ? await starter.StartAsync(new(sop, record, ids.Next(), TriggerKinds.Webhook) { Lane = Lane.Normal, Reentry = trigger.Reentry, Payload = payload }, ct)
            : null;
        if (key is not null) await RememberAsync(sopKey, key, run, record.Id, ct);
        return Show(run, record.Id);
    }, ct);

    private async Task<Record> RecordAsync(PublishedSop sop, Trigger trigger, JsonObject payload, CancellationToken ct)
    {
        var type = catalogue.Current[sop.Sop.Record];
        if (!trigger.Inputs.TryGetValue("fields", out var written) || written.EnumerateObject().Any() is false)
            return payload["recordId"] is JsonValue given && Guid.TryParse(given.ToString(), out var id) && await records.FindAsync(type.Key, id, ct) is { Deleted: false } named
                ? named : throw Problem.Invalid("recordId", "field.reference");

        var read = new InputValues(templates, path => path.Split('.') is ["run", "payload", .. var told] ? told.Aggregate((JsonNode?)payload, TurnContext.Member) : null).Fields(written);
        var values = read.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => (object?)JsonSerializer.SerializeToElement(f.Value));
        var write = WriteOptions.AsFeature(note: trigger.Inputs["name"].GetString());
        if (await MatchAsync(type, trigger, values, ct) is { } known) return await records.UpdateAsync(type.Key, known.Id, values, write, ct);
        if (trigger.Inputs.TryGetValue("missing", out var missing) && missing.GetString() == "refuse") throw Problem.NotFound(type.Key, "");
        return await records.CreateAsync(type.Key, values, write, ct);
    }

    private async Task<Record?> MatchAsync(RecordType type, Trigger trigger, Dictionary<string, object?> values, CancellationToken ct)
    {
        if (!trigger.Inputs.TryGetValue("match", out var match) || type.Find(match.GetString()!) is not { } field) return null;
        var (value, wrong) = Values.Read(field, values.GetValueOrDefault(field.Key), field.Key);
        if (wrong is not null) throw Problem.Invalid(wrong);
        if (value is null) throw Problem.Invalid(field.Key, "field.required");
        var found = await records.ListAsync(new(type.Key) { Filter = new Condition(field.Key, [field], FilterOp.Eq, [new Literal(value)]), Sort = ["createdAt"], Limit = 1, Trusted = true }, ct);
        return found.Items is [var first, ..] ? first : null;
    }

    private async Task RememberAsync(string sop, string key, Guid? run, Guid record, CancellationToken ct)
    {
        var now = time.UtcNow();
        await session.ExecuteAsync("DELETE FROM workflows_hook_call WHERE called_at < @old", new { old = now - Kept }, ct);
        await session.ExecuteAsync("INSERT INTO workflows_hook_call (sop_key, call_key, run_id, record_id, called_at) VALUES (@sop, @key, @run, @record, @now)", new { sop, key, run, record, now }, ct);
    }

    private static JsonObject Show(Guid? run, Guid record) => new() { ["runId"] = run?.ToString(), ["recordId"] = record.ToString() };

    private sealed class Answer
    {
        public Guid? RunId { get; init; }
        public Guid RecordId { get; init; }
    }
}
