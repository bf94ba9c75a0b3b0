using Crm.Platform.Imports.Csv;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records.Filters;
using Crm.Shared.Records;

namespace Crm.Platform.Imports;

/// <summary>Finds the records that rows name, for a whole chunk in a few reads and within the importer's data scope: exactly first, then as people write names (<c>GTXPro</c> for <c>GTX Pro</c>).</summary>
internal sealed class ReferenceFinder(Session session, IRecords records, IDirectory people, ICatalogueSource source)
{
    // Comparing loosely means reading all names; beyond this many only exact names are found.
    private const int MostCompared = 5000;
    private static readonly string[] Usual = ["number", "externalId", "code", "email"];

    /// <returns>Records made because a mapping asked for it.</returns>
    public async Task<IReadOnlyList<(WantedReference Wanted, Record Made)>> FindAsync(IEnumerable<WantedReference> wanted, CancellationToken ct)
    {
        var made = new List<(WantedReference, Record)>();
        foreach (var group in wanted.GroupBy(w => (w.Target.Field.References!, w.Target.Lookup)))
        {
            var (type, lookup) = (source.Current[group.Key.Item1], group.Key.Lookup);
            var texts = group.GroupBy(w => w.Text, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.OrdinalIgnoreCase);
            var candidates = type.Key is "user" or "unit" ? await DirectoryAsync(type.Key, lookup.By, ct) : new([], null, false);
            if (type.Key is not ("user" or "unit"))
            {
                await ExactAsync(type, lookup.By, texts, ct);
                if (Open(texts).Count > 0) candidates = await NamesAsync(type, lookup.By, ct);
            }
            foreach (var text in Open(texts)) Take(texts[text], candidates.Match(text));
            if (lookup.Create) made.AddRange(await CreateAsync(type, texts, ct));
            foreach (var text in Open(texts)) foreach (var one in texts[text]) one.Error ??= candidates.Missing(text);
        }
        return made;
    }

    private static List<string> Open(Dictionary<string, WantedReference[]> texts) => [.. texts.Where(t => t.Value[0] is { Found: null, Error: null }).Select(t => t.Key)];

    private static void Take(WantedReference[] wanted, IReadOnlyList<(Guid Id, string Name)> found)
    {
        foreach (var one in wanted)
            if (found.Count == 1) one.Found = found[0].Id;
            else if (found.Count > 1) one.Error = new("", "import.severalFound", one.Text, string.Join("、", found.Take(3).Select(f => f.Name)), found.Count);
    }

    private async Task ExactAsync(RecordType type, string? by, Dictionary<string, WantedReference[]> texts, CancellationToken ct)
    {
        foreach (var field in Fields(type, by))
        {
            var open = Open(texts).Where(t => field.Key != "number" || t.StartsWith(type.NumberPrefix + "-", StringComparison.OrdinalIgnoreCase));
            foreach (var chunk in open.Chunk(200))
            {
                var values = chunk.Select(t => (FilterValue)new Literal(field.Type == FieldType.Email ? t.ToLowerInvariant() : t)).ToArray();
                var found = await AllAsync(type, new Condition(field.Key, [field], FilterOp.In, values), 2000, ct);
                foreach (var same in found.Where(r => r.Text(field.Key) is not null).GroupBy(r => r.Text(field.Key)!, StringComparer.OrdinalIgnoreCase))
                    if (texts.TryGetValue(same.Key, out var named)) Take(named, [.. same.Select(r => (r.Id, $"{r.Name} {r.Text("number")}".Trim()))]);
            }
        }
    }

    private static IEnumerable<Field> Fields(RecordType type, string? by) =>
        (by is not null ? [by] : Usual.Append(type.NameField)).Select(type.Find).OfType<Field>().Where(f => f is { IsText: true, Custom: false });

    private async Task<Names> NamesAsync(RecordType type, string? by, CancellationToken ct)
    {
        var field = type.Find(by ?? type.NameField)!;
        if (await records.CountAsync(new(type.Key), MostCompared + 1, ct) > MostCompared) return new([], null, false);
        var all = await AllAsync(type, null, MostCompared, ct);
        return new([.. all.Where(r => r.Text(field.Key) is not null).Select(r => (r.Id, r.Text(field.Key)!))], null, true);
    }

    private async Task<Names> DirectoryAsync(string type, string? by, CancellationToken ct)
    {
        var view = await people.ReadAsync(ct);
        if (type == "unit") return new([.. view.Units.Select(u => (u.Id, u.Name))], null, true);
        var active = view.People.Where(p => p.Active).ToArray();
        return new([.. active.Select(p => (p.Id, p.Name))], by == "name" ? null : active.ToLookup(p => p.Email, p => (p.Id, p.Name), StringComparer.OrdinalIgnoreCase), true);
    }

    private async Task<List<Record>> AllAsync(RecordType type, Filter? filter, int most, CancellationToken ct)
    {
        var (found, after) = (new List<Record>(), (string?)null);
        do
        {
            var page = await records.ListAsync(new(type.Key) { Filter = filter, Sort = ["createdAt"], Limit = 200, After = after }, ct);
            found.AddRange(page.Items);
            after = page.Next;
        } while (after is not null && found.Count < most);
        return found;
    }

    private async Task<List<(WantedReference, Record)>> CreateAsync(RecordType type, Dictionary<string, WantedReference[]> texts, CancellationToken ct)
    {
        var made = new List<(WantedReference, Record)>();
        foreach (var text in Open(texts))
        {
            try
            {
                var record = await session.SavepointAsync(() => records.CreateAsync(type.Key, new Dictionary<string, object?> { [type.NameField] = text }, WriteOptions.None, ct), ct);
                made.Add((texts[text][0], record));
                foreach (var one in texts[text]) one.Found = record.Id;
            }
            catch (Problem problem)
            {
                foreach (var one in texts[text]) one.Error = new("", "import.cannotCreate", text, type.Label.Zh, string.Join("; ", problem.Errors.Select(e => e.Field).DefaultIfEmpty(problem.Code)));
            }
        }
        return made;
    }

    /// <summary>Names to compare with, spaces, case and punctuation aside.</summary>
    private sealed class Names(IReadOnlyList<(Guid Id, string Name)> all, ILookup<string, (Guid Id, string Name)>? addresses, bool complete)
    {
        private readonly ILookup<string, (Guid Id, string Name)> loose = all.ToLookup(n => Loose(n.Name));

        public IReadOnlyList<(Guid Id, string Name)> Match(string text)
        {
            if (addresses?[text].ToArray() is { Length: > 0 } addressed) return addressed;
            var same = loose[Loose(text)].ToArray();
            var exact = same.Where(s => string.Equals(s.Name, text, StringComparison.OrdinalIgnoreCase)).ToArray();
            return exact.Length > 0 ? exact : same;
        }

        public FieldError Missing(string text)
        {
            var wanted = Loose(text);
            var near = all.Where(n => Near(Loose(n.Name), wanted)).Select(n => n.Name).Distinct().Take(3).ToArray();
            if (near.Length > 0) return new("", "import.notFoundNear", text, string.Join("、", near));
            return new("", complete ? "import.notFound" : "import.notFoundExact", text);
        }

        private static bool Near(string a, string b) =>
            a.Length > 2 && b.Length > 2 && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal) || a.Length > 4 && b.Length > 4 && a[..4] == b[..4]);

        private static string Loose(string text) => string.Concat(CellText.Clean(text).ToLowerInvariant().Where(char.IsLetterOrDigit));
    }
}
