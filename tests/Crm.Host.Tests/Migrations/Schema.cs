using System.Text.RegularExpressions;
using Crm.Shared.Data;

namespace Crm.Host.Tests.Migrations;

/// <param name="Type">As written: <c>TEXT</c>, <c>NVARCHAR(200)</c>.</param>
internal sealed record Column(string Name, string Type, bool Null, string? Default)
{
    /// <summary>Characters or bytes in the brackets; null for what has none or no end.</summary>
    public int? Length => int.TryParse(Regex.Match(Type, @"\((\d+)\)").Groups[1].Value, out var length) ? length : null;
    public bool Endless => Type.EndsWith("(MAX)", StringComparison.Ordinal);
}

internal sealed record Table(string Name, List<Column> Columns, IReadOnlyList<string> Key)
{
    public Column this[string column] => Columns.Single(c => c.Name == column);
}

internal sealed record Index(string Name, string Table, bool Unique, IReadOnlyList<string> Columns, string? Where);

/// <summary>What the migrations of one engine make, read from their text.</summary>
internal sealed partial class Schema
{
    public Dictionary<string, Table> Tables { get; } = [];
    public Dictionary<string, Index> Indexes { get; } = [];

    public static Schema Of(string engine)
    {
        var (schema, assembly) = (new Schema(), typeof(Migrator).Assembly);
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith($"db/{engine}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (var statement in Separator().Split(Comment().Replace(reader.ReadToEnd(), "")).Select(s => s.Trim().TrimEnd(';'))) schema.Read(statement, resource);
        }
        return schema;
    }

    private void Read(string statement, string where)
    {
        if (MakesTable().Match(statement) is { Success: true } table) Add(table.Groups[1].Value, Parts(table.Groups[2].Value));
        else if (Widens().Match(statement) is { Success: true } wider)
        {
            var (columns, now) = (Tables[wider.Groups[1].Value].Columns, Column(wider.Groups[2].Value));
            var at = columns.FindIndex(c => c.Name == now.Name);
            columns[at] = columns[at] with { Type = now.Type };
        }
        else if (AddsColumn().Match(statement) is { Success: true } column) Tables[column.Groups[1].Value].Columns.Add(Column(column.Groups[2].Value));
        else if (MakesIndex().Match(statement) is { Success: true } index)
            Indexes.Add(index.Groups[2].Value, new(index.Groups[2].Value, index.Groups[3].Value, index.Groups[1].Success, [.. Parts(index.Groups[4].Value).Select(Bare)], index.Groups[5].Success ? index.Groups[5].Value : null));
        else if (statement.Length > 0 && !statement.StartsWith("INSERT INTO ", StringComparison.Ordinal)) throw new FormatException($"{where}: {statement}");
    }

    private void Add(string name, List<string> parts)
    {
        var key = parts.Where(p => p.StartsWith("PRIMARY KEY", StringComparison.Ordinal)).SelectMany(p => Parts(p[(p.IndexOf('(') + 1)..^1]));
        var columns = parts.Where(p => !p.StartsWith("PRIMARY KEY", StringComparison.Ordinal)).ToList();
        key = key.Concat(columns.Where(c => c.Contains("PRIMARY KEY")).Select(c => c.Split(' ')[0])).ToList();
        // Part of a key is never empty, whether it says so or not.
        Tables.Add(name, new(name, [.. columns.Select(Column).Select(c => c with { Null = c.Null && !key.Contains(c.Name) })], [.. key]));
    }

    private static Column Column(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(words[0], words[1], !text.Contains("NOT NULL"), Default().Match(text) is { Success: true } given ? given.Groups[1].Value : null);
    }

    /// <summary>SQLite's indexes name the collation by which the other engine compares anyway.</summary>
    private static string Bare(string column) => column.Replace(" COLLATE NOCASE", "", StringComparison.Ordinal);

    private static List<string> Parts(string list) => [.. Comma().Split(list).Select(p => Space().Replace(p.Trim(), " "))];

    [GeneratedRegex(@"^GO[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^CREATE TABLE (\w+) \((.*)\)(?: WITHOUT ROWID)?$", RegexOptions.Singleline)]
    private static partial Regex MakesTable();

    [GeneratedRegex(@"^ALTER TABLE (\w+) ALTER COLUMN (.*)$")]
    private static partial Regex Widens();

    [GeneratedRegex(@"^ALTER TABLE (\w+) ADD (?:COLUMN )?(.*)$", RegexOptions.Singleline)]
    private static partial Regex AddsColumn();

    [GeneratedRegex(@"^CREATE (UNIQUE )?INDEX (\w+) ON (\w+) \(([^)]*)\)(?: WHERE (.*))?$", RegexOptions.Singleline)]
    private static partial Regex MakesIndex();

    [GeneratedRegex(@"DEFAULT (\S+)")]
    private static partial Regex Default();

    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
