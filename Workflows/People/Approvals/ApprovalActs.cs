using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Definition;

namespace Crm.Workflows.People.Approvals;

/// <summary>What the act needs beside its name.</summary>
/// <param name="Stage">Where a return goes: a stage's key, <c>previous</c> or <c>initiator</c>.</param>
/// <param name="Before">Adding a signer: before oneself instead of after.</param>
internal sealed record ActBody(int? Seat, string? Comment, Guid? To, string? Stage, bool? Before, IReadOnlyList<Guid>? Users)
{
    public static ActBody Empty { get; } = new(null, null, null, null, null, null);
}

/// <summary>What people do with approvals.</summary>
internal sealed class ApprovalActs(Session session, ApprovalStore store, ApprovalKeeper keeper, ApprovalRights rights, Awakening awakening, IDirectory directory, ILive live, CurrentActor current, TimeProvider time)
{
    public static IReadOnlyList<string> All { get; } =
        ["approve", "reject", "return", "transfer", "delegate", "addSigner", "removeSigner", "takeBack", "withdraw", "resubmit", "urge", "copy", "comment"];

    public async Task<ApprovalRow> SeenAsync(Guid id, CancellationToken ct)
    {
        var row = await store.FindAsync(id, ct) ?? throw Problem.NotFound("approval", id);
        return await rights.MaySeeAsync(row, ct) ? row : throw Problem.NotFound("approval", id);
    }

    public async Task<ApprovalRow> DoAsync(Guid id, string act, ActBody body, CancellationToken ct)
    {
        await SeenAsync(id, ct);
        var (me, comment) = (current.Person(), string.IsNullOrWhiteSpace(body.Comment) ? null : body.Comment.Trim());
        return await keeper.ActAsync(id, act switch
        {
            "approve" => new ApprovalDo.Approve(me, body.Seat, comment),
            "reject" => new ApprovalDo.Reject(me, body.Seat, comment ?? throw Problem.Invalid("comment", "field.required")),
            "return" => new ApprovalDo.Return(me, body.Seat, body.Stage ?? "initiator", comment ?? throw Problem.Invalid("comment", "field.required")),
            "transfer" => new ApprovalDo.Transfer(me, body.Seat, await PersonAsync(body.To, ct), comment),
            "delegate" => new ApprovalDo.Delegate(me, body.Seat, await PersonAsync(body.To, ct), comment),
            "addSigner" => new ApprovalDo.AddSigner(me, body.Seat, await PersonAsync(body.To, ct), body.Before ?? false, comment),
            "removeSigner" => new ApprovalDo.RemoveSigner(me, body.Seat ?? throw Problem.Invalid("seat", "field.required")),
            "takeBack" => new ApprovalDo.TakeBack(me, body.Seat),
            "withdraw" => new ApprovalDo.Withdraw(me, comment),
            "resubmit" => new ApprovalDo.Resubmit(me, comment),
            "urge" => new ApprovalDo.Urge(me),
            "copy" => new ApprovalDo.Copy(me, await PeopleAsync(body, ct)),
            _ => new ApprovalDo.Remark(me, comment ?? throw Problem.Invalid("comment", "field.required")),
        }, ct);
    }

    /// <summary>Out of one's own sight until then; null brings it back. Others, and the time it has, do not mind.</summary>
    public Task<ApprovalRow> SnoozeAsync(Guid id, DateTime? until, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var row = await SeenAsync(id, ct);
        if (until?.ToUniversalTime() <= time.UtcNow()) throw Problem.Invalid("until", "task.snoozePast");
        DateTime? at = until is { } wanted ? Stored.Whole(wanted.ToUniversalTime()) : null;
        if (!await store.SnoozeAsync(id, current.Person(), at, ct)) throw new Problem(403, "approval.notYours", []);
        await awakening.SetAsync(Awakening.Approval, id, current.Person(), at, ct);
        session.AfterCommit(() => live.Tell([current.Person()], new("approval", row.RecordType, id, "updated")));
        return row;
    }, ct);

    /// <summary>Someone who is there: an absent person's work goes on to the substitute at once.</summary>
    private async Task<Guid> PersonAsync(Guid? id, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        if (id is not { } wanted) throw Problem.Invalid("to", "field.required");
        if (view.Person(wanted) is not { Active: true }) throw Problem.Invalid("to", "field.reference");
        return view.Present(wanted, time.UtcNow())?.Id ?? wanted;
    }

    private async Task<IReadOnlyList<Guid>> PeopleAsync(ActBody body, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        var users = body.Users ?? (body.To is { } one ? [one] : []);
        if (users.Count == 0) throw Problem.Invalid("users", "field.required");
        return users.All(u => view.Person(u) is { Active: true }) ? users : throw Problem.Invalid("users", "field.reference");
    }
}

/// <summary>Who sees an approval: its approvers, whom they stand in for, its initiator, those who see the record, and whoever watches over runs.</summary>
internal sealed class ApprovalRights(Session session, IRecords records, CurrentActor current)
{
    public async Task<bool> MaySeeAsync(ApprovalRow row, CancellationToken ct)
    {
        if (current.Value.Can(WorkflowPermissions.ReadRuns) || row.InitiatorId == current.Value.UserId) return true;
        var mine = await session.FirstAsync<int?>("SELECT 1 FROM workflows_seat WHERE approval_id = @id AND (person_id = @me OR via_id = @me)", new { id = row.Id, me = current.Value.UserId }, ct);
        return mine is not null || await SeesRecordAsync(row.RecordType, row.RecordId, ct);
    }

    public async Task<bool> SeesRecordAsync(string type, Guid id, CancellationToken ct)
    {
        try
        {
            await records.GetAsync(type, id, ct);
            return true;
        }
        catch (Problem hidden) when (hidden.Status is 403 or 404)
        {
            return false;
        }
    }
}
