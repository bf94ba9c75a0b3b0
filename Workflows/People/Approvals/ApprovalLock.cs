using System.Data;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Approvals;

/// <summary>Holds for every door to every record: what is being approved does not change, and what was approved and then changed is approved no longer.</summary>
internal sealed class ApprovalLock(Session session, Lazy<ApprovalKeeper> keeper) : IRecordRule
{
    private static readonly Statement OfRecord = new(
        "SELECT l.approval_id, l.fields, l.active, a.title FROM workflows_lock l JOIN workflows_approval a ON a.id = l.approval_id WHERE l.record_id = @id", [("id", DbType.Binary)]);

    public string? RecordType => null;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Kind is ChangeKind.Created or ChangeKind.Restored) return;
        var locks = await session.RepeatListAsync<Row>(OfRecord, [Stored.Id(change.After.Id)], ct);
        foreach (var held in locks)
        {
            var changed = change.Kind == ChangeKind.Deleted ? null : JsonSerializer.Deserialize<string[]>(held.Fields, Stored.Json)!.Where(change.Changed).ToArray();
            if (changed is { Length: 0 }) continue;
            if (held.Active && changed is not null) throw Refusal(held, changed);
            var why = changed is null ? new Message("approval.recordDeleted") : new Message("approval.changedAfter", Names(change.Type, changed));
            await keeper.Value.VoidAsync(held.ApprovalId, why, change.Actor.UserId, ct);
        }
    }

    private static Problem Refusal(Row held, string[] changed)
    {
        var title = Wording.Read(held.Title)!;
        return new(409, "approval.locked", [.. changed.Select(f => new FieldError(f, "approval.locked", title.Zh))], title.Zh) { More = { ["approval"] = held.ApprovalId.ToString() } };
    }

    private static Label Names(RecordType type, string[] fields)
    {
        var labels = fields.Select(f => type.Find(f)!.Label).ToArray();
        return new(string.Join("、", labels.Select(l => l.Zh)), string.Join(", ", labels.Select(l => l.En)));
    }

    private sealed class Row
    {
        public Guid ApprovalId { get; init; }
        public string Fields { get; init; } = "[]";
        public bool Active { get; init; }
        public string Title { get; init; } = "";
    }
}
