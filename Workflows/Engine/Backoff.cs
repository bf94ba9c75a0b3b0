using Crm.Workflows.Contracts;

namespace Crm.Workflows.Engine;

/// <summary>When a failed step tries again by itself. Only passing failures do: 10 s, then doubled up to 6 hours, 12 attempts in all (about a day).</summary>
internal static class Backoff
{
    public const int MaxAttempts = 12;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>The pause after so many failed attempts, or null when a person is needed.</summary>
    public static TimeSpan? After(FailureClass failure, int attempts)
    {
        if (failure != FailureClass.Transient || attempts >= MaxAttempts) return null;
        var pause = First * Math.Pow(2, Math.Min(attempts - 1, 20));
        return pause < Longest ? pause : Longest;
    }
}
