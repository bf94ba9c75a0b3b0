using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Platform.People;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using FluentValidation;
using MediatR;

namespace Crm.Platform.Roles;

/// <summary>Makes a role or changes one; a changed built-in role keeps its key.</summary>
/// <param name="Key">Of a new role: nothing to have one made from its name.</param>
/// <param name="IsNew">Refused where the key is taken.</param>
[Requires("role.manage")]
internal sealed record SaveRole(string? Key, Label? Name, IReadOnlyList<string>? Permissions, IReadOnlyDictionary<string, DataScope>? Scopes, bool IsNew = false) : ICommand<RoleInfo>;

internal sealed partial class SaveRoleValidator : AbstractValidator<SaveRole>
{
    public SaveRoleValidator(PermissionList list, ICatalogueSource source)
    {
        RuleFor(r => r.Key).Must(k => string.IsNullOrEmpty(k) || KeyPattern().IsMatch(k)).WithErrorCode("role.key");
        RuleFor(r => r.Name).Must(n => n is not null && !string.IsNullOrWhiteSpace(n.Whole().Zh)).WithErrorCode("role.name");
        RuleFor(r => r.Name).Must(n => n is null or { Zh: not { Length: > 200 }, En: not { Length: > 200 } }).WithErrorCode("field.tooLong").WithState(_ => new object?[] { 200, ">200" });
        RuleFor(r => r.Permissions).NotNull().WithErrorCode("field.required");
        RuleFor(r => r.Scopes).NotNull().WithErrorCode("field.required");
        RuleForEach(r => r.Permissions).Must(list.Exists).WithErrorCode("role.permission").WithState((_, p) => new object?[] { p });
        RuleForEach(r => r.Scopes).Must(s => s.Key == "*" || source.Current.Find(s.Key) is not null).WithErrorCode("role.scope").WithState((_, s) => new object?[] { s.Key });
    }

    [GeneratedRegex("^[a-z][a-zA-Z0-9]{1,59}$")]
    private static partial Regex KeyPattern();
}

internal sealed class SaveRoleHandler(CurrentActor current, Session session, RoleBook book, DirectoryChanges changes, Freshness freshness) : IRequestHandler<SaveRole, RoleInfo>
{
    public async Task<RoleInfo> Handle(SaveRole request, CancellationToken ct)
    {
        if (request.Key == BuiltInRole.Administrator) throw Problem.Conflict("role.administrator");
        await changes.RaiseAsync(ct);
        await freshness.RaiseAsync(session, ICatalogueSource.Stamp, ct);
        var roles = await book.ReadAsync(session, ct);
        if (request.IsNew && string.IsNullOrEmpty(request.Key)) request = request with { Key = Slug.Free(request.Name!.En, "role", roles.Keys) };
        Granting.Check(current.Value, new(request.Key!, request.Name!.Whole(), [.. request.Permissions!], request.Scopes!));
        if (request.IsNew && roles.Keys.Contains(request.Key!, StringComparer.OrdinalIgnoreCase)) throw Problem.Invalid("key", "role.taken", request.Key);
        if (!request.IsNew && !roles.ContainsKey(request.Key!)) throw Problem.NotFound("role", request.Key!);
        var row = new
        {
            request.Key,
            request.Name!.Whole().Zh,
            request.Name.Whole().En,
            Permissions = JsonSerializer.Serialize(request.Permissions!.Distinct().Order(StringComparer.Ordinal), RoleBook.Json),
            Scopes = JsonSerializer.Serialize(request.Scopes, RoleBook.Json),
        };
        if (await session.ExecuteAsync("UPDATE platform_role SET name_zh = @Zh, name_en = @En, permissions = @Permissions, scopes = @Scopes WHERE role_key = @Key", row, ct) == 0)
            await session.ExecuteAsync("INSERT INTO platform_role (role_key, name_zh, name_en, permissions, scopes) VALUES (@Key, @Zh, @En, @Permissions, @Scopes)", row, ct);
        return RoleInfo.Of((await book.ReadAsync(session, ct))[request.Key!]);
    }
}

/// <summary>Nobody hands out what he does not hold: neither rights nor reach.</summary>
internal static class Granting
{
    public static void Check(Actor actor, Role role)
    {
        if (actor.Unlimited) return;
        var holder = ActorOf.Holder(role);
        if (holder.Permissions.FirstOrDefault(p => !actor.Can(p)) is { } permission) throw Problem.Forbidden(permission);
        if (actor.FirstBeyond(holder) is { } type) throw Problem.Invalid("scopes", "role.scopeBeyond", type);
    }
}

/// <summary>Removes a role nobody holds; a built-in one becomes as shipped again.</summary>
[Requires("role.manage")]
internal sealed record DeleteRole(string Key) : ICommand<Nothing>;

internal sealed class DeleteRoleHandler(CurrentActor current, Session session, RoleBook book, IDirectory people, DirectoryChanges changes, Freshness freshness) : IRequestHandler<DeleteRole, Nothing>
{
    public async Task<Nothing> Handle(DeleteRole request, CancellationToken ct)
    {
        if (book.Shipped(request.Key) is { } shipped) Granting.Check(current.Value, shipped);
        await changes.RaiseAsync(ct);
        await freshness.RaiseAsync(session, ICatalogueSource.Stamp, ct);
        var holders = (await people.ReadAsync(ct)).People.Count(p => p.Roles.Contains(request.Key));
        if (!RoleBook.IsBuiltIn(request.Key) && holders > 0) throw Problem.Conflict("role.held", request.Key, holders);
        return await session.ExecuteAsync("DELETE FROM platform_role WHERE role_key = @Key", new { request.Key }, ct) > 0 || RoleBook.IsBuiltIn(request.Key)
            ? Nothing.Value : throw Problem.NotFound("role", request.Key);
    }
}
