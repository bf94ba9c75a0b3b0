using System.Text.RegularExpressions;
using Crm.Platform.Imports.Csv;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Platform.Imports;

/// <summary>One field that rows fill, and from what.</summary>
/// <param name="Lines">The lines field it belongs to; null for a field of the record itself.</param>
/// <param name="Template">Text with columns in braces, or null where <paramref name="Column"/> is taken as it stands.</param>
internal sealed record Target(string Path, Field? Lines, ColumnRule Rule, IReadOnlySet<string> Blank, Lookup Lookup, int Column, Template? Template)
{
    public Field Field => Rule.Field;

    public string Text(IReadOnlyList<string> cells) => Template?.Fill(cells, Field.Type == FieldType.Email) ?? cells[Column];
}

/// <summary>A constant text with columns in braces.</summary>
internal sealed partial record Template(string Text, IReadOnlyDictionary<string, int> Columns)
{
    public static IEnumerable<string> Names(string text) => Braces().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>Empty where all its columns are.</summary>
    /// <param name="address">Names become parts of a mail address: <c>Ann Lee</c> turns into <c>ann.lee</c>.</param>
    public string Fill(IReadOnlyList<string> cells, bool address)
    {
        var (any, filled) = (Columns.Count == 0, false);
        var text = Braces().Replace(Text, m =>
        {
            var cell = cells[Columns[m.Groups[1].Value]].Trim();
            filled |= cell.Length > 0;
            return address ? Between().Replace(cell.ToLowerInvariant(), ".").Trim('.') : cell;
        });
        return any || filled ? text : "";
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"[^\p{L}\p{Nd}_+-]+")]
    private static partial Regex Between();
}

/// <summary>A mapping checked against file and record type, ready to turn rows into values.</summary>
internal static class ImportTargets
{
    public const string CreatedAt = "createdAt";

    /// <summary>Refuses a mapping that does not fit, with all that is wrong.</summary>
    public static IReadOnlyList<Target> Of(ImportMapping mapping, IReadOnlyList<string> columns, RecordType type, Catalogue catalogue, TimeZoneInfo zone)
    {
        var (targets, errors) = (new List<Target>(), new List<FieldError>());
        var places = columns.Index().ToDictionary(c => c.Item, c => c.Index);
        foreach (var (column, to) in mapping.Mapping)
        {
            if (!places.TryGetValue(column, out var at)) errors.Add(new($"mapping.{column}", "import.noColumn", column));
            else if (to is not null) Add($"mapping.{column}", to, at, null);
        }
        foreach (var (field, text) in mapping.Values)
        {
            if (text is null)
            {
                errors.Add(new($"values.{field}", "field.required"));
                continue;
            }
            var names = Template.Names(text).Distinct().ToArray();
            if (names.FirstOrDefault(n => !places.ContainsKey(n)) is { } unknown) errors.Add(new($"values.{field}", "import.noColumn", unknown));
            else Add($"values.{field}", new(field), -1, new(text, names.ToDictionary(n => n, n => places[n])));
        }
        return errors.Count == 0 ? targets : throw Problem.Invalid([.. errors]);

        void Add(string at, ColumnMapping to, int column, Template? template)
        {
            if (to.Field is null)
            {
                errors.Add(new(at, "field.required"));
                return;
            }
            var (lines, field) = Find(type, catalogue, to.Field);
            if (field is null) errors.Add(new(at, "import.noField", to.Field));
            else if (targets.Any(t => t.Path == to.Field)) errors.Add(new(at, "import.mappedTwice", to.Field));
            else if (to.Options?.Values.FirstOrDefault(o => o is not null && field.Options.All(f => f.Key != o)) is { } option) errors.Add(new(at, "field.option", option));
            else if (to.Lookup?.By is { } by && (field.References is null || catalogue[field.References].Find(by) is not { IsText: true })) errors.Add(new(at, "import.noField", by));
            else targets.Add(new(to.Field, lines, Rule(field, to, zone), Blanks(to), to.Lookup ?? new(), column, template));
        }
    }

    /// <summary>The field that a path of the mapping names, null where it cannot be imported.</summary>
    public static (Field? Lines, Field? Field) Find(RecordType type, Catalogue catalogue, string path)
    {
        var parts = path.Split('.');
        if (parts is [CreatedAt]) return (null, type.Find(CreatedAt));
        if (parts.Length == 1) return (null, type.Find(path) is { ReadOnly: false, Type: not FieldType.Lines } own ? own : null);
        return parts.Length == 2 && type.Find(parts[0]) is { Type: FieldType.Lines, ReadOnly: false } lines && catalogue[lines.References!].Find(parts[1]) is { ReadOnly: false } field ? (lines, field) : default;
    }

    private static ColumnRule Rule(Field field, ColumnMapping to, TimeZoneInfo zone) =>
        new(field, to.DateFormat, to.Options?.Where(o => o.Value is not null).ToDictionary(o => o.Key, o => o.Value!) ?? [], zone);

    private static HashSet<string> Blanks(ColumnMapping to) =>
        to.Options?.Where(o => o.Value is null).Select(o => CellText.Clean(o.Key)).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
}
