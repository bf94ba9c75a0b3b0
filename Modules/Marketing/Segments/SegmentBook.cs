using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Marketing.Segments;

/// <summary>An active segment, ready to be asked.</summary>
/// <param name="Filter">Null for one that is kept by hand.</param>
internal sealed record Segment(Guid Id, string Code, string Target, JsonElement? Filter)
{
    public Filter? Parse(Catalogue catalogue) => Filter is { } json && catalogue.Find(Target) is { } type ? FilterParser.Parse(json, type, catalogue) : null;

    /// <summary>Whether its members change without a change of theirs: by the clock, or by records they refer to.</summary>
    public static bool Drifts(Filter filter) => MemoryFilter.All(filter).Any(c => c.Fields.Count > 1 || c.Values.Any(v => v is Relative or Period));
}

/// <summary>All active segments as one picture in memory. It may be a second old: whoever changes a segment has it counted again after that.</summary>
internal sealed class SegmentBook : IRefreshable
{
    public const string StampName = "segments";
    private volatile ILookup<string, Segment> byTarget = Array.Empty<Segment>().ToLookup(s => s.Target);

    public string Stamp => StampName;

    public IEnumerable<Segment> Of(string target) => byTarget[target];

    public async Task LoadAsync(Session session, CancellationToken ct) =>
        byTarget = (await session.QueryAsync<Row>($"{Select} WHERE active = 1 AND deleted_at IS NULL ORDER BY id", null, ct)).Select(r => r.Segment).ToLookup(s => s.Target);

    /// <summary>As the session sees it now; null where it is not active.</summary>
    public static async Task<Segment?> FindAsync(Session session, Guid id, CancellationToken ct) =>
        (await session.FirstAsync<Row>($"{Select} WHERE id = @id AND active = 1 AND deleted_at IS NULL", new { id }, ct))?.Segment;

    public static async Task<Segment?> FindAsync(Session session, string code, CancellationToken ct) =>
        (await session.FirstAsync<Row>($"{Select} WHERE code = @code AND active = 1 AND deleted_at IS NULL", new { code }, ct))?.Segment;

    private const string Select = "SELECT id, code, target, filter FROM marketing_segment";

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Code { get; init; } = "";
        public string Target { get; init; } = "";
        public string? Filter { get; init; }

        public Segment Segment => new(Id, Code, Target, Filter is null ? null : JsonSerializer.Deserialize<JsonElement>(Filter));
    }
}
