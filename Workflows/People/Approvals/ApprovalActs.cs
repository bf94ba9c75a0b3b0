using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
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
internal sealed class ApprovalActs(Session session, ApprovalStore store, ApprovalKeeper keeper, ApprovalRights rights, Sight sight, Awakening awakening, IDirectory directory, ILive live, CurrentActor current, TimeProvider time)
{
    private const int MostCopies = 200;

    public static IReadOnlyList<string> All { get; } =
        ["approve", "reject", "return", "transfer", "delegate", "addSigner", "removeSigner", "takeBack", "withdraw", "resubmit", "urge", "copy", "comment"];

    public async Task<ApprovalRow> SeenAsync(Guid id, CancellationToken ct)
    {
        var row = await store.FindAsync(id, ct) ?? throw Problem.NotFound("approval", id);
        return await sight.SeesAsync((await rights.AboutAsync([row], ct))[0], ct) ? row : throw Problem.NotFound("approval", id);
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
        if (users.Count > MostCopies) throw Problem.Invalid("users", "work.items", MostCopies);
        return users.All(u => view.Person(u) is { Active: true }) ? [.. users.Distinct()] : throw Problem.Invalid("users", "field.reference");
    }
}

/// <summary>Who sees an approval: its initiator, its approvers, whom they stand in for, those it was copied to, and whoever sees its record.</summary>
internal sealed class ApprovalRights(Session session, Sight sight, CurrentActor current)
{
    public async Task<IReadOnlyList<About>> AboutAsync(IReadOnlyList<ApprovalRow> rows, CancellationToken ct)
    {
        var me = current.Value.UserId;
        var own = rows.Where(r => r.InitiatorId == me).Select(r => r.Id).ToHashSet();
        if (me is not null && rows.Count > own.Count && !sight.Everything)
            own.UnionWith(await session.QueryAsync<Guid>("""
                SELECT approval_id FROM workflows_seat WHERE approval_id IN @ids AND (person_id = @me OR via_id = @me)
                UNION SELECT subject_id FROM workflows_act WHERE subject_id IN @ids AND act = 'copy' AND to_id = @me
                """, new { ids = rows.Select(r => r.Id), me }, ct));
        return [.. rows.Select(row => new About(row.RecordType, row.RecordId, own.Contains(row.Id)))];
    }
}
