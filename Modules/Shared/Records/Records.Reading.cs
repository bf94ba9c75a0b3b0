using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Records;

internal sealed partial class Records
{
    private const int LongestSearch = 200;

    public async Task<Record> GetAsync(string type, Guid id, CancellationToken ct)
    {
        var recordType = Catalogue[type];
        Allow(recordType, "read", WriteOptions.None);
        return await LoadAsync(recordType, id, trusted: false, ct) ?? throw Problem.NotFound(type, id);
    }

    public Task<Record?> FindAsync(string type, Guid id, CancellationToken ct) => LoadAsync(Catalogue[type], id, trusted: true, ct);

    public async Task<RecordPage> ListAsync(RecordQuery query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > 200) throw Problem.Invalid("limit", "list.limit", 1, 200);
        var (from, where, sql, args) = await CompileAsync(query, ct);
        var type = Catalogue[query.Type];
        var terms = Cursor.Sort(type, query.Sort);
        if (!query.Trusted) AllowSort(type, terms.Select(t => t.Field));
        if (query.After is { } cursor) where += " AND " + Cursor.After(cursor, terms, sql, session.Dialect, args);
        var order = string.Join(", ", terms.Select(t => $"{sql.Value([t.Field])}{(t.Descending ? " DESC" : "")}").Append(terms[^1].Descending ? "t.id DESC" : "t.id"));
        args["n"] = query.Limit + 1;
        var found = await store.QueryAsync(type, $"SELECT {RecordStore.Select(type, "t")} {from} {sql.Joins} WHERE {where} ORDER BY {order} {session.Dialect.Limit("@n")}", args, ct);
        if (found.Count <= query.Limit) return new(found, null);
        found.RemoveAt(query.Limit);
        return new(found, Cursor.Write(found[^1], terms));
    }

    public async Task<long> CountAsync(RecordQuery query, int most, CancellationToken ct)
    {
        var (from, where, sql, args) = await CompileAsync(query, ct);
        args["n"] = most;
        return await session.FirstAsync<long>($"SELECT COUNT(*) FROM (SELECT t.id {from} {sql.Joins} WHERE {where} ORDER BY t.id {session.Dialect.Limit("@n")}) c", args, ct);
    }

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(string type, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return new Dictionary<Guid, string>();
        var view = type is "user" or "unit" ? await people.ReadAsync(ct) : null;
        if (type == "user") return ids.Distinct().Select(i => (i, view!.Person(i)?.Name)).Where(p => p.Name is not null).ToDictionary(p => p.i, p => p.Name!);
        if (type == "unit") return ids.Distinct().Select(i => (i, view!.Unit(i)?.Name)).Where(p => p.Name is not null).ToDictionary(p => p.i, p => p.Name!);
        var recordType = Catalogue[type];
        var column = recordType.Find(recordType.NameField)!.Column;
        var rows = new Dictionary<Guid, string>();
        foreach (var chunk in ids.Distinct().Chunk(200))
            foreach (var row in await session.QueryAsync<NameRow>($"SELECT id, {column} AS name FROM {recordType.Table} WHERE id IN @ids", new { ids = chunk.Select(Stored.Id).ToArray() }, ct))
                rows[row.Id] = row.Name ?? "";
        return rows;
    }

    public async Task<IReadOnlyDictionary<string, object?>> ReadPathsAsync(Record record, IEnumerable<string> paths, CancellationToken ct)
    {
        var values = new Dictionary<string, object?>();
        var loaded = new Dictionary<string, Record?> { [""] = record };
        foreach (var path in paths)
        {
            var cut = path.LastIndexOf('.');
            var holder = await FollowAsync(cut < 0 ? "" : path[..cut], loaded, ct);
            values[path] = holder?[path[(cut + 1)..]];
        }
        return values;
    }

    private async Task<Record?> FollowAsync(string prefix, Dictionary<string, Record?> loaded, CancellationToken ct)
    {
        if (loaded.TryGetValue(prefix, out var known)) return known;
        var cut = prefix.LastIndexOf('.');
        var holder = await FollowAsync(cut < 0 ? "" : prefix[..cut], loaded, ct);
        var field = holder?.Type.Find(prefix[(cut + 1)..]);
        var next = field is { Type: FieldType.Reference, References: { } target } && holder!.Reference(field.Key) is { } id ? await LoadAsync(Catalogue[target], id, trusted: true, ct) : null;
        return loaded[prefix] = next;
    }

    private async Task<Record?> LoadAsync(RecordType type, Guid id, bool trusted, CancellationToken ct)
    {
        var scope = trusted ? null : ScopeFilter.For(type, Catalogue, Actor, await people.ReadAsync(ct));
        Record? record;
        if (scope is null) record = await store.FindAsync(type, id, ct);
        else
        {
            var sql = Compiler(type);
            var where = sql.Where(scope);
            var args = sql.Parameters.ToDictionary(p => p.Key, p => p.Value);
            args["id"] = Stored.Id(id);
            record = (await store.QueryAsync(type, $"SELECT {RecordStore.Select(type, "t")} FROM {type.Table} t {sql.Joins} WHERE t.id = @id AND {where}", args, ct)).FirstOrDefault();
        }
        if (record is not null)
            foreach (var (field, lineType) in LineFields(type)) await store.LoadLinesAsync(field, lineType, [record], ct);
        return record;
    }

    private async Task<(string From, string Where, SqlFilter Sql, Dictionary<string, object> Args)> CompileAsync(RecordQuery query, CancellationToken ct)
    {
        var type = Catalogue[query.Type];
        if (!query.Trusted) Allow(type, "read", WriteOptions.None);
        var sql = Compiler(type);
        var parts = new List<string> { query.Deleted ? "t.deleted_at IS NOT NULL" : "t.deleted_at IS NULL" };
        if (query.Filter is { } filter)
        {
            if (!query.Trusted) AllowFilter(type, filter);
            parts.Add(sql.Where(query.Trusted ? filter : ScopeFilter.Ask(filter, Catalogue, Actor, await people.ReadAsync(ct))));
        }
        if (query.Search is { Length: > LongestSearch } tooLong) throw Problem.Invalid("q", "field.tooLong", LongestSearch, tooLong.Length);
        if (query.Search?.Trim() is { Length: > 0 } words) parts.Add(sql.Where(Search(type, words)));
        if (!query.Trusted && ScopeFilter.For(type, Catalogue, Actor, await people.ReadAsync(ct)) is { } scope) parts.Add(sql.Where(scope));
        return ($"FROM {type.Table} t", string.Join(" AND ", parts), sql, sql.Parameters.ToDictionary(p => p.Key, p => p.Value));
    }

    private SqlFilter Compiler(RecordType type) =>
        new(type, "t", Catalogue, session.Dialect.Filters, new FilterContext(Actor.UserId, Actor.UnitId, time.UtcNow(), options.Zone));

    private Or Search(RecordType type, string words) =>
        new([.. type.AllFields.Where(f => f.Searchable && !Hidden(type, f)).Select(f => new Condition(f.Key, [f], FilterOp.Contains, [new Literal(words)]))]);

    private sealed class NameRow
    {
        public Guid Id { get; init; }
        public string? Name { get; init; }
    }
}
