using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Starts;

/// <summary>SOPs that people start by a button on a record.</summary>
internal sealed class ButtonStart(Session session, SopsNow sops, RunStarter starter, TriggerFilter filters, IRecords records, IDirectory directory, CurrentActor current, Ids ids)
{
    /// <summary>The buttons that the signed-in person has on records of a type.</summary>
    public async Task<JsonObject> OfAsync(string type, CancellationToken ct) =>
        Showing.Page((await sops.ReadAsync(ct)).On(type, TriggerKinds.Button).Where(b => Allowed(b.Trigger)).Select(b => (JsonNode)new JsonObject
        {
            ["key"] = b.Sop.Key,
            ["label"] = b.Trigger.Inputs.TryGetValue("label", out var label) ? JsonNode.Parse(label.GetRawText()) : Showing.Node(b.Sop.Sop.Name),
            ["choosePeople"] = b.Trigger.Inputs.TryGetValue("choosePeople", out var choose) && choose.ValueKind == JsonValueKind.True,
        }), null);

    public Task<Guid> StartAsync(string key, StartBody body, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var sop = (await sops.ReadAsync(ct)).Find(key) ?? throw Problem.NotFound("sop", key);
        var record = await records.GetAsync(sop.Sop.Record, body.RecordId, ct);
        var buttons = sop.Sop.Triggers.Where(t => t.Kind == TriggerKinds.Button).ToList();
        if (buttons.Count == 0) throw Problem.Conflict("sop.noButton");
        if (buttons.FirstOrDefault(Allowed) is not { } trigger) throw Problem.Forbidden(PermissionOf(buttons[0]) ?? WorkflowPermissions.ManageSops);
        if (!await filters.HoldsAsync(trigger, record, current.Value, ct)) throw Problem.Conflict("sop.filterFails");
        var people = body.People ?? [];
        var view = await directory.ReadAsync(ct);
        if (people.Any(p => view.Person(p) is not { Active: true })) throw Problem.Invalid("people", "field.reference");
        return await starter.StartAsync(new(sop, record, ids.Next(), TriggerKinds.Button)
        {
            Initiator = current.Value.UserId,
            Lane = Lane.People,
            Reentry = trigger.Reentry,
            Chosen = people,
        }, ct) ?? throw Problem.Conflict("sop.runsAlready");
    }, ct);

    private bool Allowed(Trigger trigger) => PermissionOf(trigger) is not { } permission || current.Value.Can(permission);

    private static string? PermissionOf(Trigger trigger) =>
        trigger.Inputs.TryGetValue("permission", out var permission) && permission.ValueKind == JsonValueKind.String && permission.GetString() is { Length: > 0 } key ? key : null;
}
