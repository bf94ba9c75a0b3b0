using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Roles;

internal sealed record RoleInfo(string Key, Label Name, bool BuiltIn, IReadOnlyCollection<string> Permissions, IReadOnlyDictionary<string, DataScope> Scopes)
{
    public static RoleInfo Of(Role role) => new(role.Key, role.Name, RoleBook.IsBuiltIn(role.Key), role.Permissions, role.Scopes);
}

internal sealed record ListRoles : IQuery<IReadOnlyList<RoleInfo>>;

internal sealed class ListRolesHandler(Session session, RoleBook book) : IRequestHandler<ListRoles, IReadOnlyList<RoleInfo>>
{
    public async Task<IReadOnlyList<RoleInfo>> Handle(ListRoles request, CancellationToken ct) => [.. (await book.ReadAsync(session, ct)).Values.Select(RoleInfo.Of)];
}

/// <param name="Group">The record type it is about, null for acts of the system.</param>
internal sealed record PermissionInfo(string Key, Label Label, Label? Group);

internal static class RoleEndpoints
{
    internal sealed record Body(string? Key, Label? Name, IReadOnlyList<string>? Permissions, IReadOnlyDictionary<string, DataScope>? Scopes)
    {
        public SaveRole As(string? key, bool isNew) => new(key, Name, Permissions, Scopes, isNew);
    }

    public static void MapRoles(this IEndpointRouteBuilder api)
    {
        api.MapGet("roles", async (IMediator mediator, CancellationToken ct) => new Listed<RoleInfo>(await mediator.Send(new ListRoles(), ct)));
        api.MapPost("roles", async (Body body, IMediator mediator, CancellationToken ct) => Results.Json(await mediator.Send(body.As(body.Key, isNew: true), ct), statusCode: 201));
        api.MapPut("roles/{key}", (string key, Body body, IMediator mediator, CancellationToken ct) => mediator.Send(body.As(key, isNew: false), ct));
        api.MapDelete("roles/{key}", async (string key, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new DeleteRole(key), ct);
            return Results.NoContent();
        });
        api.MapGet("permissions", (PermissionList list) => new Listed<PermissionInfo>([.. list.All().Select(p => new PermissionInfo(p.Permission.Key, p.Permission.Label, p.Group))]));
    }
}
