using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.SignIn;

/// <summary>Every attempt to sign in, for administrators to see, for a little more than a year.</summary>
internal sealed class SignInLog(Session session, Ids ids, TimeProvider time)
{
    public const string Password = "password", Link = "link", Setup = "setup";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public Task AddAsync(HttpContext http, string way, bool ok, Guid? userId, string? email, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        await session.ExecuteAsync("DELETE FROM platform_sign_in WHERE id <= @last", new { last = Stored.LastId(time.UtcNow() - Kept) }, ct);
        await session.ExecuteAsync("""
            INSERT INTO platform_sign_in (id, at, user_id, email, way, ok, address, agent) VALUES (@Id, @Now, @userId, @email, @way, @ok, @address, @agent)
            """,
            new
            {
                Id = ids.Next(),
                Now = time.UtcNow(),
                userId,
                email = Cut(email?.Trim().ToLowerInvariant() ?? "", 200),
                way,
                ok,
                address = Cut(http.Connection.RemoteIpAddress?.ToString() ?? "", 60),
                agent = Cut(http.Request.Headers.UserAgent.ToString(), 300),
            }, ct);
    }, ct);

    private static string Cut(string text, int most) => text.Length > most ? text[..most] : text;
}

internal sealed record SignInInfo(Guid Id, DateTime At, Named? User, string Email, string Way, bool Ok, string? Address, string? Agent);

/// <summary>Newest first: all, one person's, or only what was refused.</summary>
[Requires("signIn.read")]
internal sealed record ListSignIns(Guid? User, bool Refused, Guid? After, int Limit) : IQuery<Listed<SignInInfo>>;

internal sealed class ListSignInsHandler(Session session, IDirectory people) : IRequestHandler<ListSignIns, Listed<SignInInfo>>
{
    public async Task<Listed<SignInInfo>> Handle(ListSignIns request, CancellationToken ct)
    {
        if (request.Limit is < 1 or > 200) throw Problem.Invalid("limit", "list.limit", 1, 200);
        var rows = await session.QueryAsync<Row>($"""
            SELECT id, at, user_id, email, way, ok, address, agent FROM platform_sign_in
            WHERE 1 = 1 {(request.User is null ? "" : "AND user_id = @User")} {(request.Refused ? "AND ok = 0" : "")} {(request.After is null ? "" : "AND id < @After")}
            ORDER BY id DESC {session.Dialect.Limit("@n")}
            """, new { request.User, request.After, n = request.Limit + 1 }, ct);
        var view = await people.ReadAsync(ct);
        var items = rows.Take(request.Limit).Select(r => new SignInInfo(r.Id, r.At, r.UserId is { } id ? new(id, view.Person(id)?.Name ?? "") : null, r.Email, r.Way, r.Ok, r.Address, r.Agent)).ToArray();
        return new(items, rows.Count > request.Limit ? items[^1].Id : null);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public DateTime At { get; init; }
        public Guid? UserId { get; init; }
        public string Email { get; init; } = "";
        public string Way { get; init; } = "";
        public bool Ok { get; init; }
        public string? Address { get; init; }
        public string? Agent { get; init; }
    }
}

internal static class SignInLogEndpoints
{
    public static void MapSignInLog(this IEndpointRouteBuilder api) =>
        api.MapGet("sign-ins", (IMediator mediator, CancellationToken ct, Guid? user = null, bool refused = false, Guid? after = null, int limit = 50) => mediator.Send(new ListSignIns(user, refused, after, limit), ct));
}
