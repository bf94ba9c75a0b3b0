using System.Globalization;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Platform.Imports;

/// <summary>Finds records that rows are about already, by the first natural key whose fields a row has; a whole chunk in a few reads. The whole company is looked at: what the importer may not see would be doubled else.</summary>
internal sealed class DuplicateFinder(IRecords records)
{
    public async Task FindAsync(RecordType type, IEnumerable<RowDraft> drafts, CancellationToken ct)
    {
        var keyed = from draft in drafts
                    let key = type.NaturalKeys.FirstOrDefault(k => k.All(f => draft.Values.GetValueOrDefault(f) is not null))
                    where key is not null
                    select (draft, key);
        foreach (var group in keyed.GroupBy(k => string.Join('+', k.key)))
        {
            var fields = group.First().key.Select(k => type.Find(k)!).ToArray();
            foreach (var (draft, _) in group) (draft.Key, draft.KeyField) = (Key(fields, f => draft.Values.GetValueOrDefault(f.Key)), fields[0].Key);
            var known = await ExistingAsync(type, fields, group.Select(g => g.draft.Values[fields[0].Key]!), ct);
            foreach (var (draft, _) in group) draft.Existing = [.. known[draft.Key!]];
        }
    }

    private async Task<ILookup<string, Guid>> ExistingAsync(RecordType type, Field[] fields, IEnumerable<object> values, CancellationToken ct)
    {
        var found = new List<Record>();
        foreach (var chunk in values.Distinct().Chunk(200))
        {
            string? after = null;
            do
            {
                var filter = new Condition(fields[0].Key, [fields[0]], FilterOp.In, [.. chunk.Select(v => new Literal(v))]);
                var page = await records.ListAsync(new(type.Key) { Filter = filter, Sort = ["createdAt"], Limit = 200, After = after, Trusted = true }, ct);
                found.AddRange(page.Items);
                after = page.Next;
            } while (after is not null);
        }
        return found.ToLookup(r => Key(fields, f => r[f.Key]), r => r.Id);
    }

    private static string Key(Field[] fields, Func<Field, object?> value) =>
        string.Join('\n', fields.Select(f => $"{f.Key}={Convert.ToString(value(f), CultureInfo.InvariantCulture)?.ToLowerInvariant()}"));
}
