using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Platform.People;

/// <summary>One e-mail address, one person; nobody raises himself; the house keeps an administrator.</summary>
internal sealed class UserRule(Session session, DirectoryChanges changes, IDirectory people) : IRecordRule
{
    public string? RecordType => "user";

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        // First, so that those who change the directory come one after the other and each sees what the one before did.
        await changes.RaiseAsync(ct);
        if (change.Kind != ChangeKind.Deleted) await CheckEmailAsync(change, ct);
        CheckRights(change);
        if (IsAdministrator(change.Before) && !IsAdministrator(change.After)) await KeepOneAdministratorAsync(change.After, ct);
    }

    private async Task CheckEmailAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Kind == ChangeKind.Updated && !change.Changed("email") || change.After.Text("email") is not { } email) return;
        var other = await session.FirstAsync<string>("SELECT name FROM platform_user WHERE email = @email AND deleted_at IS NULL AND id <> @id", new { email, id = change.After.Id }, ct);
        if (other is null) return;
        if (change.Kind == ChangeKind.Restored) throw Problem.Conflict("user.emailTaken", email, other);
        change.Wrong("email", "user.emailTaken", email, other);
    }

    private static void CheckRights(RecordChange change)
    {
        if (change.Actor.Unlimited || change.Options.Trusted) return;
        if (Holds(change.Before) || Holds(change.After)) throw Problem.Forbidden(BuiltInRole.Administrator);
        if (change.Changed("roles") && !change.Actor.Can("role.manage")) throw Problem.Forbidden("role.manage");
    }

    private async Task KeepOneAdministratorAsync(Record user, CancellationToken ct)
    {
        var view = await people.ReadAsync(ct);
        if (!view.InRole(BuiltInRole.Administrator).Any(p => p.Id != user.Id)) throw Problem.Conflict("user.lastAdministrator", user.Name);
    }

    private static bool IsAdministrator(Record? user) => Holds(user) && user is { Deleted: false } && user.Get<bool>("active");
    private static bool Holds(Record? user) => user?.Get<IReadOnlyList<string>>("roles")?.Contains(BuiltInRole.Administrator) == true;
}
