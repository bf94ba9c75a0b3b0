using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using MediatR;

namespace Crm.Platform.SignIn;

/// <summary>A link with which a colleague sets a password: the first one, or a forgotten one's successor.</summary>
[Requires("user.update")]
internal sealed record Invite(Guid UserId) : ICommand<Invited>;

internal sealed record Invited(string Link, DateTime ExpiresAt);

internal sealed class InviteHandler(CurrentActor current, IDirectory people, IActors actors, OneTimeLinks links, CrmOptions options, TimeProvider time) : IRequestHandler<Invite, Invited>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public async Task<Invited> Handle(Invite request, CancellationToken ct)
    {
        var person = (await people.ReadAsync(ct)).Person(request.UserId) ?? throw Problem.NotFound("user", request.UserId);
        if (!person.Active) throw Problem.Conflict("user.inactive", person.Name);
        // Whoever sets somebody's password can do what they can.
        if (await actors.ForUserAsync(person.Id, ct) is not { } invited || !current.Value.Holds(invited)) throw new Problem(403, "user.beyond", [], person.Name);
        var secret = await links.MakeAsync(OneTimeLinks.Password, person.Id, Lifetime, ct);
        return new($"{options.PublicUrl.TrimEnd('/')}/password#{secret}", time.UtcNow() + Lifetime);
    }
}

/// <summary>Answers an invitation.</summary>
internal sealed record SetPassword(string? Token, string? Password) : ICommand<SignedIn>;

internal sealed class SetPasswordHandler(OneTimeLinks links, IDirectory people, Passwords passwords) : IRequestHandler<SetPassword, SignedIn>
{
    public async Task<SignedIn> Handle(SetPassword request, CancellationToken ct)
    {
        var user = await links.UseAsync([OneTimeLinks.Password, OneTimeLinks.Forgotten], request.Token, ct);
        if ((await people.ReadAsync(ct)).Person(user) is not { Active: true } person) throw Problem.Conflict("link.used");
        return new(person.Id, await passwords.ChangeAsync(person.Id, request.Password, ct));
    }
}
