using System.Text.Json;
using Crm.Service.Tickets;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Service.Sla;

/// <summary>A policy in force.</summary>
internal sealed record SlaPolicy(Guid Id, int WarnPercent, JsonElement? Filter, IReadOnlyDictionary<string, decimal> Hours)
{
    public decimal? HoursOf(string target, string priority) => Hours.TryGetValue(SlaPolicyType.Field(target, priority), out var hours) ? hours : null;
}

/// <summary>All policies in force, in order, as one picture in memory. It may be a second old: a change of a policy has open tickets counted again after that.</summary>
internal sealed class SlaBook : IRefreshable
{
    public const string StampName = "slaPolicies";
    private volatile IReadOnlyList<SlaPolicy> policies = [];

    public string Stamp => StampName;

    /// <summary>The first that fits the ticket.</summary>
    public async Task<SlaPolicy?> ForAsync(Record ticket, IRecords records, Catalogue catalogue, FilterContext context, CancellationToken ct)
    {
        foreach (var policy in policies)
        {
            if (policy.Filter is not { } json) return policy;
            var filter = FilterParser.Parse(json, catalogue[TicketType.Key], catalogue);
            var values = await records.ReadPathsAsync(ticket, MemoryFilter.Paths(filter), ct);
            if (MemoryFilter.Matches(filter, values.GetValueOrDefault, context)) return policy;
        }
        return null;
    }

    public async Task LoadAsync(Session session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>("""
            SELECT id, warn_percent, filter, response_urgent, response_high, response_normal, response_low, resolution_urgent, resolution_high, resolution_normal, resolution_low
            FROM service_sla_policy WHERE active = 1 AND deleted_at IS NULL ORDER BY position, id
            """, null, ct);
        policies = [.. rows.Select(r => r.Policy)];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public int WarnPercent { get; init; }
        public string? Filter { get; init; }
        public decimal? ResponseUrgent { get; init; }
        public decimal? ResponseHigh { get; init; }
        public decimal? ResponseNormal { get; init; }
        public decimal? ResponseLow { get; init; }
        public decimal? ResolutionUrgent { get; init; }
        public decimal? ResolutionHigh { get; init; }
        public decimal? ResolutionNormal { get; init; }
        public decimal? ResolutionLow { get; init; }

        public SlaPolicy Policy => new(Id, WarnPercent, Filter is null ? null : JsonSerializer.Deserialize<JsonElement>(Filter), new (string Key, decimal? Hours)[]
        {
            ("responseUrgent", ResponseUrgent), ("responseHigh", ResponseHigh), ("responseNormal", ResponseNormal), ("responseLow", ResponseLow),
            ("resolutionUrgent", ResolutionUrgent), ("resolutionHigh", ResolutionHigh), ("resolutionNormal", ResolutionNormal), ("resolutionLow", ResolutionLow),
        }.Where(t => t.Hours is not null).ToDictionary(t => t.Key, t => t.Hours!.Value));
    }
}
