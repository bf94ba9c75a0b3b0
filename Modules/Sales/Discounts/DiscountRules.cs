namespace Crm.Sales.Discounts;

/// <summary>Who must agree to a discount, in order.</summary>
internal enum Need { None, Superior, Director }

/// <summary>How far a person may go alone, and how far with the superior; above that the director decides too.</summary>
internal sealed record Limits(decimal Own, decimal Superior)
{
    /// <summary>Of someone no rule names.</summary>
    public static Limits Nothing { get; } = new(0m, 0m);

    public Need For(decimal discount) => discount <= Own ? Need.None : discount <= Superior ? Need.Superior : Need.Director;
}

/// <summary>One row of the administered authority.</summary>
internal sealed record Authority(string Role, string? Category, decimal Own, decimal Superior);

/// <summary>Picks the limits that count and the line that decides.</summary>
internal static class DiscountRules
{
    /// <summary>A rule for the product's category beats one for all; among several roles of a person the most generous counts.</summary>
    public static Limits LimitsOf(IEnumerable<Authority> rules, IReadOnlyCollection<string> roles, string? category) =>
        roles.Select(role => OfRole(rules, role, category)).OfType<Authority>()
            .OrderByDescending(a => a.Own).ThenByDescending(a => a.Superior)
            .Select(a => new Limits(a.Own, a.Superior)).FirstOrDefault() ?? Limits.Nothing;

    /// <summary>The line that needs the highest consent; among those the one with the largest discount.</summary>
    public static (Need Need, Limits Limits) Decide(IEnumerable<(decimal Discount, Limits Limits)> lines) =>
        lines.Select(l => (Need: l.Limits.For(l.Discount), l.Limits, l.Discount))
            .OrderByDescending(l => l.Need).ThenByDescending(l => l.Discount).ThenBy(l => l.Limits.Own)
            .Select(l => (l.Need, l.Limits)).FirstOrDefault((Need.None, Limits.Nothing));

    private static Authority? OfRole(IEnumerable<Authority> rules, string role, string? category)
    {
        var own = rules.Where(r => Same(r.Role, role)).ToArray();
        return own.FirstOrDefault(r => r.Category is not null && Same(r.Category, category)) ?? own.FirstOrDefault(r => r.Category is null);
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
