using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Platform.SignIn;

/// <summary>Who is signed in, as the page needs it.</summary>
/// <param name="Currency">That of amounts which carry none of their own.</param>
internal sealed record Me(Guid Id, string Name, string Email, string Locale, string Theme, string Currency, Named? Unit, IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions, bool Admin);

internal sealed record Named(Guid Id, string Name);

internal sealed record GetMe : IQuery<Me>;

internal sealed class GetMeHandler(CurrentActor current, IDirectory people, Session session, CrmOptions options) : IRequestHandler<GetMe, Me>
{
    public async Task<Me> Handle(GetMe request, CancellationToken ct)
    {
        var (actor, view) = (current.Value, await people.ReadAsync(ct));
        var person = view.Person(actor.UserId) ?? throw new Problem(401, "signedOut", []);
        // Straight from the row: the language just chosen shows at once.
        var look = await session.FirstAsync<Look>("SELECT locale, theme FROM platform_user WHERE id = @id", new { id = person.Id }, ct);
        var unit = view.Unit(person.UnitId);
        return new(person.Id, person.Name, person.Email, look!.Locale, look.Theme, options.Currency, unit is null ? null : new(unit.Id, unit.Name),
            person.Roles, [.. actor.Permissions.Order(StringComparer.Ordinal)], actor.Unlimited);
    }

    private sealed class Look
    {
        public string Locale { get; init; } = "";
        public string Theme { get; init; } = "";
    }
}

/// <summary>What people change about themselves. Members left out stay. Not a command: a wrong present password must stay counted.</summary>
internal sealed record ChangeMe(string? Locale, string? Theme, string? Password, string? CurrentPassword) : IRequest<SignedIn?>;

/// <summary>Returns the new session where the password changed.</summary>
internal sealed class ChangeMeHandler(CurrentActor current, Session session, IRecords records, Passwords passwords) : IRequestHandler<ChangeMe, SignedIn?>
{
    public async Task<SignedIn?> Handle(ChangeMe request, CancellationToken ct)
    {
        var me = current.Value.UserId ?? throw new Problem(401, "signedOut", []);
        if (request.Password is not null && await passwords.CheckAsync(me, request.CurrentPassword ?? "", ct) is null)
            throw Problem.Invalid("currentPassword", "password.wrong");
        return await session.InTransactionAsync(async () =>
        {
            var values = new Dictionary<string, object?>();
            if (request.Locale is not null) values["locale"] = request.Locale;
            if (request.Theme is not null) values["theme"] = request.Theme;
            if (values.Count > 0) await records.UpdateAsync("user", me, values, WriteOptions.AsFeature(), ct);
            return request.Password is null ? null : new SignedIn(me, await passwords.ChangeAsync(me, request.Password, ct));
        }, ct);
    }
}
