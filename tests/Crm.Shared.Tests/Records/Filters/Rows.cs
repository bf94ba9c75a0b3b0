using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;

namespace Crm.Shared.Tests.Records.Filters;

/// <summary>Rows of the test catalogue's types, read in memory or from a SQLite database they were put into.</summary>
internal sealed class Rows(Dictionary<string, Dictionary<Guid, Dictionary<string, object?>>> byType)
{
    private static readonly SqliteFilterDialect Dialect = new();

    public static Gen<Rows> Any =>
        from deals in Of("deal", 10)
        from customers in Of("customer", 3)
        from users in Of("user", 3)
        from units in Of("unit", 2)
        select new Rows(new() { ["deal"] = deals, ["customer"] = customers, ["user"] = users, ["unit"] = units });

    public IEnumerable<Guid> Deals => byType["deal"].Keys;

    public Func<string, object?> Read(Guid deal) => path =>
    {
        var (type, row) = (World.Deal, byType["deal"].GetValueOrDefault(deal));
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            type = World.Catalogue[type.Find(part)!.References!];
            row = row?.GetValueOrDefault(part) is Guid id ? byType[type.Key].GetValueOrDefault(id) : null;
        }
        return row?.GetValueOrDefault(parts[^1]);
    };

    public SqliteConnection ToDatabase()
    {
        var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        foreach (var type in World.Catalogue.Types)
        {
            var own = type.Fields.Where(f => !f.Custom).ToArray();
            database.Execute($"CREATE TABLE {type.Table} (id BLOB PRIMARY KEY, {string.Concat(own.Select(f => $"{f.Column} {Affinity(f)}, "))} custom TEXT)");
            foreach (var (id, row) in byType[type.Key])
            {
                var values = new DynamicParameters();
                values.Add("id", Dialect.ToDb(id));
                foreach (var field in own) values.Add(field.Key, Stored(row[field.Key], Dialect.ToDb));
                var custom = type.Fields.Where(f => f.Custom && row[f.Key] is not null)
                    .ToDictionary(f => f.Key, f => FieldStorage.ToJson(f, row[f.Key]!));
                values.Add("custom", custom.Count == 0 ? null : JsonSerializer.Serialize(custom));
                database.Execute($"INSERT INTO {type.Table} VALUES (@id, {string.Concat(own.Select(f => $"@{f.Key}, "))} @custom)", values);
            }
        }
        return database;
    }

    /// <summary>Deals that the database finds, by id.</summary>
    public static Guid[] Find(SqliteConnection database, Filter filter, FilterContext context)
    {
        var sql = new SqlFilter(World.Deal, "t", World.Catalogue, Dialect, context);
        var where = sql.Where(filter);
        var ids = database.Query<byte[]>($"SELECT t.id FROM {World.Deal.Table} t {sql.Joins} WHERE {where} ORDER BY t.id", new DynamicParameters(sql.Parameters));
        return [.. ids.Select(id => new Guid(id, bigEndian: true))];
    }

    private static object? Stored(object? value, Func<object, object> toDb) => value switch
    {
        null => null,
        string[] keys => JsonSerializer.Serialize(keys),
        _ => toDb(value),
    };

    private static string Affinity(Field field) => field.Type switch
    {
        FieldType.Integer or FieldType.Decimal or FieldType.Money or FieldType.Boolean => "INTEGER",
        FieldType.Reference => "BLOB",
        _ => "TEXT",
    };

    private static Gen<Dictionary<Guid, Dictionary<string, object?>>> Of(string type, int count) =>
        Gen.CollectToList(Enumerable.Range(0, count), n => Row(World.Catalogue[type]).Select(row => (Id: World.Id(type, n), Row: row)))
            .Select(rows => rows.ToDictionary(r => r.Id, r => r.Row));

    private static Gen<Dictionary<string, object?>> Row(RecordType type) =>
        Gen.CollectToList(type.Fields, f => World.Cell(f).Select(value => (f.Key, Value: value)))
            .Select(cells => cells.ToDictionary(c => c.Key, c => c.Value));
}
