using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Marketing.Segments;

/// <summary>Which records a segment's filter finds: one in memory, or where the table and the list of members differ.</summary>
internal sealed class Matching(Session session, IRecords records, ICatalogueSource catalogue, CrmOptions options, TimeProvider time)
{
    private FilterContext Context => new(null, null, time.UtcNow(), options.Zone);

    public async Task<bool> HoldsAsync(Segment segment, Record record, CancellationToken ct)
    {
        if (segment.Parse(catalogue.Current) is not { } filter) return false;
        var values = await records.ReadPathsAsync(record, MemoryFilter.Paths(filter), ct);
        return MemoryFilter.Matches(filter, values.GetValueOrDefault, Context);
    }

    /// <summary>Members that the filter finds no more.</summary>
    public Task<IReadOnlyList<Guid>> GoneAsync(Segment segment, Filter filter, int most, CancellationToken ct) => DifferAsync(segment, filter, most,
        (type, joins, where) => $"SELECT held.record_id FROM marketing_member held WHERE held.segment_id = @segment AND NOT EXISTS (SELECT 1 FROM {type.Table} t {joins} WHERE t.id = held.record_id AND t.deleted_at IS NULL AND {where}) ORDER BY held.record_id", ct);

    /// <summary>Records that the filter finds and that are no members yet.</summary>
    public Task<IReadOnlyList<Guid>> NewAsync(Segment segment, Filter filter, int most, CancellationToken ct) => DifferAsync(segment, filter, most,
        (type, joins, where) => $"SELECT t.id FROM {type.Table} t {joins} WHERE t.deleted_at IS NULL AND {where} AND NOT EXISTS (SELECT 1 FROM marketing_member held WHERE held.segment_id = @segment AND held.record_id = t.id) ORDER BY t.id", ct);

    private Task<IReadOnlyList<Guid>> DifferAsync(Segment segment, Filter filter, int most, Func<RecordType, string, string, string> select, CancellationToken ct)
    {
        var type = catalogue.Current[segment.Target];
        var sql = new SqlFilter(type, "t", catalogue.Current, session.Dialect.Filters, Context);
        var where = sql.Where(filter);
        var args = sql.Parameters.ToDictionary(p => p.Key, p => p.Value);
        (args["segment"], args["most"]) = (Stored.Id(segment.Id), most);
        return session.QueryAsync<Guid>($"{select(type, sql.Joins, where)} {session.Dialect.Limit("@most")}", args, ct);
    }
}
