using Crm.Shared.Access;

namespace Crm.Workflows.Runtime.Statistics;

/// <summary>Which days and which runs figures are asked of.</summary>
internal sealed record StatisticsQuery
{
    public string? From { get; init; }
    public string? To { get; init; }
    public int? Version { get; init; }
    public Guid? Unit { get; init; }
    public Guid? Owner { get; init; }
}

/// <summary>The runs that figures are about, as conditions on <c>workflows_run r</c>. Every figure counts a bounded number of them, the newest first.</summary>
internal sealed record Slice(string Sop, Period Period, int? Version, IReadOnlyList<Guid>? Units, Guid? Owner, DateTime Now)
{
    /// <summary>Runs counted at most; below it every figure is exact.</summary>
    public const int MostRuns = 20_000;
    /// <summary>Runs whose steps are looked at: enough for a percentile, few enough for a page.</summary>
    public const int MostDeep = 5_000;

    public static Slice Of(string sop, Period period, StatisticsQuery query, DirectoryView view, DateTime now) =>
        new(sop, period, query.Version, query.Unit is { } unit ? [.. view.UnitAndBelow(unit)] : null, query.Owner, now);

    /// <summary>Whose runs, whatever their time; begins with AND where there is any.</summary>
    public string Whose =>
        (Version is null ? "" : " AND r.sop_version = @Version") + (Units is null ? "" : Units.Count == 0 ? " AND 1 = 0" : " AND r.unit_id IN @Units") + (Owner is null ? "" : " AND r.owner_id = @Owner");

    /// <summary>Runs started in the period. All states are named so that the index by SOP, state and id serves.</summary>
    public string Started => $"r.sop_key = @Sop AND r.status IN (0, 1, 2, 3, 4) AND r.id >= @First AND r.id < @End{Whose}";

    public object Args => new
    {
        Sop,
        First = Period.FirstId,
        End = Period.EndId,
        From = Period.FromUtc,
        To = Period.ToUtc,
        Version,
        Units = Units?.AsEnumerable() ?? [],
        Owner,
        Now,
        Most = MostRuns,
        More = MostRuns + 1,
        Deep = MostDeep,
    };
}

/// <summary>How long something took: how often, the middle and the ninth of ten, in seconds.</summary>
internal sealed record Spread(int N, long Median, long P90)
{
    public static Spread? Of(IEnumerable<long> seconds)
    {
        var sorted = seconds.Order().ToList();
        return sorted.Count == 0 ? null : new(sorted.Count, sorted[(sorted.Count + 1) / 2 - 1], sorted[(sorted.Count * 9 + 9) / 10 - 1]);
    }
}
