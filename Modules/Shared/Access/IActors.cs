namespace Crm.Shared.Access;

/// <summary>Turns people into actors: permissions of all their roles together, the widest scope of each record type. Implemented by Platform over the directory's picture, so it costs no read. Scoped.</summary>
public interface IActors
{
    /// <summary>Null for unknown and deactivated people.</summary>
    ValueTask<Actor?> ForUserAsync(Guid userId, CancellationToken ct);

    /// <summary>For a cookie: null also when <paramref name="stamp"/> is not the person's any more (password changed, signed out everywhere).</summary>
    ValueTask<Actor?> ForSessionAsync(Guid userId, string stamp, CancellationToken ct);
}

/// <summary>Personal tokens of programs. Scoped.</summary>
public interface ITokens
{
    /// <summary>The prefix that tells a token of ours from anything else.</summary>
    const string Prefix = "crm_";

    /// <summary>Null for unknown, expired and revoked tokens and those of deactivated people; the actor's source is <see cref="Source.Api"/>.</summary>
    ValueTask<Actor?> ActorAsync(string token, CancellationToken ct);
}

/// <summary>What the page's cookie holds; the sign-in feature writes it, the edge reads it.</summary>
public static class SessionCookie
{
    /// <summary>Name of the authentication scheme and of the cookie.</summary>
    public const string Scheme = "crm";
    /// <summary>Claim: the user's id.</summary>
    public const string User = "sub";
    /// <summary>Claim: the security stamp that <see cref="IActors.ForSessionAsync"/> compares.</summary>
    public const string Stamp = "stamp";
}

/// <summary>Gives people passwords without asking for the old one: set-up, the demo company.</summary>
public interface IPasswords
{
    /// <summary>Refuses weak ones with problems on field <c>password</c>; ends the person's sessions.</summary>
    Task SetAsync(Guid userId, string password, CancellationToken ct);
}
