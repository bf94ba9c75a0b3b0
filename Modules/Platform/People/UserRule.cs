using Crm.Platform.Roles;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Platform.People;

/// <summary>One e-mail address, one person; nobody raises himself or another above himself; the house keeps an administrator.</summary>
internal sealed class UserRule(Session session, DirectoryChanges changes, IDirectory people, RoleBook book) : IRecordRule
{
    // Who sets these of an account gives its rights, or gets them: by the mail for a forgotten password.
    private static readonly string[] Opening = ["roles", "email", "active"];

    public string? RecordType => "user";

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        // First, so that those who change the directory come one after the other and each sees what the one before did.
        await changes.RaiseAsync(ct);
        if (change.Kind != ChangeKind.Deleted) await CheckEmailAsync(change, ct);
        await CheckRightsAsync(change, ct);
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

    private async Task CheckRightsAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Actor.Unlimited || change.Options.Trusted) return;
        if (Holds(change.Before) || Holds(change.After)) throw Problem.Forbidden(BuiltInRole.Administrator);
        if (change.Changed("roles") && !change.Actor.Can("role.manage")) throw Problem.Forbidden("role.manage");
        // A unit is how far a role reaches: another must move one there.
        if (change.Before?.Id == change.Actor.UserId && change.Changed("unit")) change.Wrong("unit", "user.ownUnit");
        var field = Opening.FirstOrDefault(change.Changed);
        if (field is null && change.Kind == ChangeKind.Updated) return;
        var roles = await book.ReadAsync(session, ct);
        if (new[] { change.Before, change.After }.Any(u => !change.Actor.Holds(ActorOf.Holder([.. RolesOf(u).Select(roles.GetValueOrDefault).OfType<Role>()]))))
            change.Wrong(field ?? "roles", field == "roles" ? "role.beyond" : "user.beyond", change.After.Name);
    }

    private async Task KeepOneAdministratorAsync(Record user, CancellationToken ct)
    {
        var view = await people.ReadAsync(ct);
        if (!view.InRole(BuiltInRole.Administrator).Any(p => p.Id != user.Id)) throw Problem.Conflict("user.lastAdministrator", user.Name);
    }

    private static bool IsAdministrator(Record? user) => Holds(user) && user is { Deleted: false } && user.Get<bool>("active");
    private static bool Holds(Record? user) => RolesOf(user).Contains(BuiltInRole.Administrator);
    private static IReadOnlyList<string> RolesOf(Record? user) => user?.Get<IReadOnlyList<string>>("roles") ?? [];
}
