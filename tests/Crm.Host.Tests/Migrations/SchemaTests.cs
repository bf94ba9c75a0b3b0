using Crm.Shared;
using Crm.Shared.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Host.Tests.Migrations;

/// <summary>Both engines keep the same, and the one that most tests do not run on takes what the code gives it.</summary>
internal sealed class SchemaTests
{
    private const int MostKeyBytes = 900, MostIndexBytes = 1700;
    private static readonly Schema Sqlite = Schema.Of("sqlite"), Server = Schema.Of("sqlserver");
    private static readonly Dictionary<string, string[]> Kinds = new() { ["TEXT"] = ["NVARCHAR", "DATETIME2", "DATE"], ["INTEGER"] = ["INT", "BIGINT", "BIT"], ["BLOB"] = ["BINARY", "VARBINARY"] };

    // Words that T-SQL keeps for itself, and those that servers of its protocol stumble over.
    private static readonly HashSet<string> Reserved =
    [
        .. """
            add all alter and any as asc authorization backup begin between break browse bulk by cascade case check checkpoint close clustered coalesce collate column commit compute constraint contains
            continue convert create cross current cursor database deallocate declare default delete deny desc disk distinct distributed double drop dump else end errlvl escape except exec execute exists
            exit external fetch file fillfactor for foreign from full function goto grant group having holdlock identity if in index inner insert intersect into is join key kill left like lineno load
            merge national nocheck nonclustered not null nullif of off offsets on open option or order outer over percent pivot plan precision primary print proc procedure public raiserror read readtext
            reconfigure references replication restore restrict return revert revoke right rollback rowcount rule save schema select set setuser shutdown some statistics table tablesample then to top
            tran transaction trigger truncate union unique unpivot update use user values varying view waitfor when where while with
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    [Test]
    public void Both_engines_have_the_same_tables()
    {
        Server.Tables.Keys.ShouldBe(Sqlite.Tables.Keys, ignoreOrder: true);
        foreach (var (name, table) in Sqlite.Tables)
        {
            var other = Server.Tables[name];
            other.Columns.Select(c => (c.Name, c.Null, c.Default)).ShouldBe(table.Columns.Select(c => (c.Name, c.Null, c.Default)), name);
            other.Key.ShouldBe(table.Key, name);
            foreach (var column in table.Columns) Kinds[column.Type].ShouldContain(other[column.Name].Type.Split('(')[0], $"{name}.{column.Name}");
        }
    }

    [Test]
    public void Both_engines_have_the_same_indexes()
    {
        Server.Indexes.Keys.ShouldBe(Sqlite.Indexes.Keys, ignoreOrder: true);
        foreach (var (name, index) in Sqlite.Indexes)
        {
            var other = Server.Indexes[name];
            (other.Table, other.Unique, other.Where).ShouldBe((index.Table, index.Unique, index.Where), name);
            other.Columns.ShouldBe(index.Columns, name);
        }
    }

    [Test]
    public void No_key_is_longer_than_a_server_takes()
    {
        foreach (var table in Server.Tables.Values) table.Key.Sum(c => Bytes(table[c])).ShouldBeLessThanOrEqualTo(MostKeyBytes, table.Name);
        foreach (var index in Server.Indexes.Values) index.Columns.Sum(c => Bytes(Server.Tables[index.Table][c])).ShouldBeLessThanOrEqualTo(MostIndexBytes, index.Name);
    }

    [Test]
    public void No_name_is_a_word_of_the_language_or_too_long()
    {
        var names = Server.Tables.Values.SelectMany(t => t.Columns.Select(c => c.Name).Append(t.Name)).Concat(Server.Indexes.Keys).ToList();
        names.Where(Reserved.Contains).ShouldBeEmpty();
        names.Where(n => n.Length >= 60).ShouldBeEmpty();
    }

    [Test]
    public void A_column_takes_the_longest_value_of_its_field()
    {
        var wrong = new List<string>();
        foreach (var type in Catalogue().Types.Where(t => !t.External))
            foreach (var field in type.Columns)
            {
                var column = Server.Tables[type.Table][field.Column];
                if (Fitting(field, column) is { } fitting) wrong.Add($"{type.Table}.{column.Name} {column.Type}: {fitting}");
            }
        wrong.ShouldBeEmpty();
    }

    /// <summary>What would fit, where the column does not.</summary>
    private static string? Fitting(Field field, Column column) => field.Type switch
    {
        FieldType.Integer or FieldType.Decimal or FieldType.Money => column.Type == "BIGINT" ? null : "BIGINT",
        FieldType.Boolean => column.Type == "BIT" ? null : "BIT",
        FieldType.Date => column.Type == "DATE" ? null : "DATE",
        FieldType.DateTime => column.Type == "DATETIME2(3)" ? null : "DATETIME2(3)",
        FieldType.Reference => column.Type == "BINARY(16)" ? null : "BINARY(16)",
        _ when column.Endless => null,
        FieldType.Select => Longest(field.Options.Select(o => o.Key.Length), column),
        // All options at once, each in quotes and parted by commas.
        FieldType.MultiSelect => field.Options.Count == 0 ? "NVARCHAR(MAX)" : Longest([field.Options.Sum(o => o.Key.Length + 3) + 1], column),
        FieldType.Json => "NVARCHAR(MAX)",
        _ => Longest([Values.Longest(field)], column),
    };

    private static string? Longest(IEnumerable<int> lengths, Column column) => lengths.DefaultIfEmpty().Max() is var longest && longest <= column.Length ? null : $"{longest} characters";

    private static int Bytes(Column column) => column.Type.Split('(')[0] switch
    {
        "NVARCHAR" => 2 * (column.Length ?? int.MaxValue / 4),
        "BINARY" or "VARBINARY" => column.Length ?? int.MaxValue / 4,
        _ => 8,
    };

    private static Catalogue Catalogue()
    {
        var folder = Path.Combine(Path.GetTempPath(), "crm-schema-" + Guid.NewGuid().ToString("n"));
        try
        {
            using var services = new ServiceCollection().AddLogging().AddShared(new CrmOptions { DataFolder = folder, Work = false }, Composition.Modules).AddModules().BuildServiceProvider();
            return services.GetRequiredService<ICatalogueSource>().Current;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
