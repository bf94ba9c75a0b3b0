using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records.Filters;

namespace Crm.Shared.Records;

internal sealed partial class Records
{
    /// <summary>Who sees a value masked must not find it by asking: no condition on sensitive fields, none through types one may not read.</summary>
    private void AllowFilter(RecordType type, Filter filter)
    {
        foreach (var condition in MemoryFilter.All(filter))
        {
            var holder = type;
            foreach (var field in condition.Fields)
            {
                if (Hidden(holder, field)) throw Problem.Invalid("filter", "filter.notAllowed", condition.Path);
                holder = field is { Type: FieldType.Reference, References: { } target } ? Catalogue[target] : holder;
                if (condition.Fields[^1] != field && !Actor.Reads(holder.Key)) throw Problem.Invalid("filter", "filter.notAllowed", condition.Path);
            }
        }
    }

    /// <summary>A field that holds a filter holds one that its records can be asked. It asks nothing that is hidden from who writes it: what comes of it for others would tell.</summary>
    private void CheckFilters(RecordChange change)
    {
        foreach (var field in change.Type.Fields.Where(f => f.FilterOver is not null && change.Changed(f.Key)))
        {
            if (change.After.Text(field.Key) is not { } text) continue;
            if ((Catalogue.Find(field.FilterOver!) ?? Catalogue.Find(change.After.Text(field.FilterOver!) ?? "")) is not { } type) continue;
            try
            {
                var filter = FilterParser.Parse(text, type, Catalogue, field.Key);
                if (!change.Options.Trusted) AllowFilter(type, filter);
            }
            catch (Problem wrong)
            {
                foreach (var error in wrong.Errors) change.Wrong(field.Key, error.Code, [.. error.Args]);
            }
        }
    }

    private void AllowSort(RecordType type, IEnumerable<Field> fields)
    {
        foreach (var field in fields)
            if (Hidden(type, field)) throw Problem.Invalid("sort", "list.sort", field.Key);
    }

    public async Task<IReadOnlySet<Guid>> VisibleAsync(string type, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var recordType = Catalogue[type];
        if (recordType.Key is "user" or "unit") return (await NamesAsync(type, ids, ct)).Keys.ToHashSet();
        if (!Actor.Reads(recordType.Key)) return new HashSet<Guid>();
        var sql = Compiler(recordType);
        var scope = ScopeFilter.For(recordType, Catalogue, Actor, await people.ReadAsync(ct)) is { } filter ? sql.Where(filter) : "1 = 1";
        var found = new HashSet<Guid>();
        foreach (var chunk in ids.Distinct().Chunk(200))
        {
            var args = sql.Parameters.ToDictionary(p => p.Key, p => p.Value);
            args["ids"] = chunk.Select(Stored.Id).ToArray();
            found.UnionWith(await session.QueryAsync<Guid>($"SELECT t.id FROM {recordType.Table} t {sql.Joins} WHERE t.deleted_at IS NULL AND t.id IN @ids AND {scope}", args, ct));
        }
        return found;
    }

    /// <summary>What somebody was shown masked and sends back as shown stays as it is; anything else he puts in its place is refused, the right value too, lest he find it by trying.</summary>
    private IReadOnlyDictionary<string, object?> WithoutMasked(RecordChange change, IReadOnlyDictionary<string, object?> values)
    {
        // A file's values are its own, never what the importer was shown.
        if (change.Options.Trusted || Actor.Source == Source.Import) return values;
        var hidden = change.Type.Fields.Where(f => !f.ReadOnly && Hidden(change.Type, f) && values.ContainsKey(f.Key)).ToArray();
        if (hidden.Length == 0) return values;
        foreach (var field in hidden.Where(f => TextOf(values[f.Key]) != (Mask.Of(f, change.Before![f.Key]) ?? ""))) change.Wrong(field.Key, "field.masked");
        return values.Where(v => hidden.All(f => f.Key != v.Key)).ToDictionary();
    }

    private static string TextOf(object? given) => given is null or JsonElement { ValueKind: JsonValueKind.Null } ? "" : given.ToString() ?? "";

    private bool Hidden(RecordType type, Field field) => field.Sensitive && !Actor.Can(type.Permission("sensitive"));
}
