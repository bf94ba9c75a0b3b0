using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Records;

namespace Crm.Workflows;

/// <summary>The record that a task, an approval, a run or an incident is about.</summary>
/// <param name="Own">The reader's own: theirs to do, given, started or asked for by them. It stays in sight wherever the record goes.</param>
internal readonly record struct About(string? Type, Guid? Record, bool Own);

/// <summary>What somebody sees of tasks, approvals, runs and incidents: their own, and those of records that they see.
/// Permissions say who may look at those of others at all; that is asked before.</summary>
internal sealed class Sight(IRecords records, ICatalogueSource catalogue, CurrentActor current)
{
    private const int MostBatches = 5;

    public async Task<bool> SeesAsync(About one, CancellationToken ct) => (await SeenAsync([one], ct))(one);

    /// <summary>Tells of each of these whether it is seen; one query per type of record.</summary>
    public async Task<Func<About, bool>> SeenAsync(IEnumerable<About> all, CancellationToken ct)
    {
        if (Everything) return _ => true;
        var seen = new HashSet<(string?, Guid?)>();
        foreach (var group in all.Where(a => a is { Own: false, Type: not null, Record: not null }).ToLookup(a => a.Type!, a => a.Record!.Value))
            if (catalogue.Current.Find(group.Key) is { External: false })
                foreach (var id in await records.VisibleAsync(group.Key, [.. group.Distinct()], ct)) seen.Add((group.Key, id));
        return a => a.Own || seen.Contains((a.Type, a.Record));
    }

    /// <summary>A page of what is seen. A list cannot ask another module's tables whose a record is, so it reads on where too little of what it read is seen.
    /// It does so a few times only: whoever sees next to nothing gets a short page with a cursor instead of a walk through the whole table.</summary>
    /// <param name="read">So many rows after a cursor.</param>
    public async Task<JsonObject> PageAsync<T>(
        string? after, int limit, Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> cursor, Func<T, About> about, Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode?>>> show, CancellationToken ct)
    {
        var page = new List<T>();
        var more = true;
        for (var batch = 0; more && batch < MostBatches && page.Count < limit; batch++)
        {
            var rows = await read(after, limit + 1);
            var seen = await SeenAsync(rows.Take(limit).Select(about), ct);
            more = rows.Count > limit;
            for (var i = 0; i < Math.Min(rows.Count, limit) && page.Count < limit; i++)
            {
                if (seen(about(rows[i]))) page.Add(rows[i]);
                after = cursor(rows[i]);
                more = i + 1 < rows.Count;
            }
        }
        return Showing.Page(await show(page), more ? after : null);
    }

    /// <summary>Whoever watches over all records is asked no further, so that they also see what is about none, or about one that is deleted.</summary>
    public bool Everything =>
        current.Value.Unlimited || current.Value.Can(WorkflowPermissions.ReadRuns) && current.Value.ScopeOf("*") == DataScope.All && current.Value.Scopes.Values.All(s => s == DataScope.All);
}
