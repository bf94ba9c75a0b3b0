namespace Crm.Shared.Access;

/// <summary>Names of the limits per address that the host keeps; an endpoint takes one with <c>.RequireRateLimiting(RateLimit.SignIn)</c>.</summary>
public static class RateLimit
{
    /// <summary>Trying passwords and set-up links.</summary>
    public const string SignIn = "sign-in";
    /// <summary>What visitors without an account may send.</summary>
    public const string Public = "public";
    /// <summary>Systems outside that call SOPs, and mail programs that open tracked mail.</summary>
    public const string Hooks = "hooks";
}
