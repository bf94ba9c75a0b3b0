using System.Data;
using System.Data.Common;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Shared.Records;

/// <summary>Plain reads and writes of record tables, written from the catalogue. Knows no rules.</summary>
internal sealed class RecordStore(Session session)
{
    private readonly Dictionary<RecordType, Statement> inserts = [];
    private readonly Dictionary<RecordType, Statement> byId = [];
    private readonly Dictionary<string, Statement> updates = [];
    // What one transaction asks for again and again: a turn reads its record for every condition, text and step.
    private readonly Dictionary<(RecordType, Guid), (Record? Record, (long, long) Mark)> known = [];
    private long knownIn;

    /// <summary>Columns in the order <see cref="ReadRow"/> expects.</summary>
    public static string Select(RecordType type, string alias) =>
        $"{alias}.id, {alias}.version, {alias}.custom, {string.Join(", ", type.Columns.Select(f => $"{alias}.{f.Column}"))}";

    public async Task<List<Record>> QueryAsync(RecordType type, string sql, object args, CancellationToken ct)
    {
        var records = new List<Record>();
        var columns = type.Columns;
        var custom = type.Fields.Where(f => f.Custom).ToArray();
        await session.ReadAsync(sql, args, row => records.Add(ReadRow(type, columns, custom, row)), ct);
        return records;
    }

    public async Task<Record?> FindAsync(RecordType type, Guid id, CancellationToken ct)
    {
        var mark = session.MarkOf(type.Table);
        if (session.InTransaction && known.TryGetValue((type, id), out var kept) && kept.Mark == mark) return kept.Record?.Copy();
        if (!byId.TryGetValue(type, out var read)) read = byId[type] = new($"SELECT {Select(type, "t")} FROM {type.Table} t WHERE t.id = @id", [("id", DbType.Binary)]);
        Record? record = null;
        var (columns, custom) = (type.Columns, type.Fields.Where(f => f.Custom).ToArray());
        await session.RepeatReadAsync(read, [Stored.Id(id)], row => record = ReadRow(type, columns, custom, row), ct);
        if (session.InTransaction) Keep(type, id, record, mark);
        return record;
    }

    public Task InsertAsync(Record record, CancellationToken ct)
    {
        var columns = record.Type.Columns;
        var values = new object?[columns.Count + 3];
        (values[0], values[1], values[2]) = (Stored.Id(record.Id), record.Version, Custom(record));
        for (var i = 0; i < columns.Count; i++) values[i + 3] = session.Dialect.ToDb(columns[i], record[columns[i].Key]);
        return session.RepeatAsync(Once(record.Type, t => Statement.Insert(t.Table, [("id", null), ("version", null), ("custom", null), .. t.Columns.Select(Parameter)])), values, ct);
    }

    /// <summary>False where the version is not <paramref name="expected"/> any more.</summary>
    public async Task<bool> UpdateAsync(Record record, IReadOnlyCollection<Field> changed, long expected, CancellationToken ct)
    {
        var columns = changed.Where(f => !f.Custom && f.Type != FieldType.Lines).OrderBy(f => f.Column, StringComparer.Ordinal).ToArray();
        List<(string Name, DbType? Type)> sets = [("version", null), .. columns.Select(Parameter)];
        List<object?> values = [record.Version, .. columns.Select(f => session.Dialect.ToDb(f, record[f.Key]))];
        if (changed.Any(f => f.Custom))
        {
            sets.Add(("custom", null));
            values.Add(Custom(record));
        }
        var sql = $"UPDATE {record.Type.Table} SET {string.Join(", ", sets.Select(s => $"{s.Name} = @{s.Name}"))} WHERE id = @id AND version = @expected";
        if (!updates.TryGetValue(sql, out var update)) update = updates[sql] = new(sql, [.. sets, ("id", DbType.Binary), ("expected", null)]);
        return await session.RepeatAsync(update, [.. values, Stored.Id(record.Id), expected], ct) == 1;
    }

    /// <summary>Loads lines of one field for several records in one read, in their order.</summary>
    public async Task LoadLinesAsync(Field field, RecordType lineType, IReadOnlyCollection<Record> parents, CancellationToken ct)
    {
        if (parents.Count == 0) return;
        var columns = lineType.Fields.ToArray();
        var lines = parents.ToDictionary(p => p.Id, _ => new List<IReadOnlyDictionary<string, object?>>());
        var sql = $"SELECT parent_id, {string.Join(", ", columns.Select(c => c.Column))} FROM {lineType.Table} WHERE parent_id IN @parents ORDER BY parent_id, position";
        await session.ReadAsync(sql, new { parents = parents.Select(p => Stored.Id(p.Id)).ToArray() }, row =>
        {
            var line = new Dictionary<string, object?>();
            for (var i = 0; i < columns.Length; i++) line[columns[i].Key] = row.IsDBNull(i + 1) ? null : FieldStorage.FromColumn(columns[i], row.GetValue(i + 1));
            lines[Stored.Id((byte[])row.GetValue(0))].Add(line);
        }, ct);
        foreach (var parent in parents) parent[field.Key] = lines[parent.Id];
    }

    public async Task SaveLinesAsync(Field field, RecordType lineType, Record parent, CancellationToken ct)
    {
        if (parent.Version > 1) await session.ExecuteAsync($"DELETE FROM {lineType.Table} WHERE parent_id = @id", new { id = parent.Id }, ct);
        var position = 0;
        var insert = Once(lineType, t => Statement.Insert(t.Table, [("parent_id", null), ("position", null), .. t.Fields.Select(Parameter)]));
        foreach (var line in parent.Get<IReadOnlyList<IReadOnlyDictionary<string, object?>>>(field.Key) ?? [])
            await session.RepeatAsync(insert, [Stored.Id(parent.Id), position++, .. lineType.Fields.Select(f => session.Dialect.ToDb(f, line.GetValueOrDefault(f.Key)))], ct);
    }

    private void Keep(RecordType type, Guid id, Record? record, (long Turn, long) mark)
    {
        if (knownIn != mark.Turn) known.Clear();
        knownIn = mark.Turn;
        known[(type, id)] = (record?.Copy(), mark);
    }

    private Statement Once(RecordType type, Func<RecordType, Statement> make) => inserts.TryGetValue(type, out var known) ? known : inserts[type] = make(type);

    private static (string, DbType?) Parameter(Field field) => (field.Column, field.Type switch
    {
        FieldType.Reference => DbType.Binary,
        FieldType.DateTime => DbType.DateTime2,
        FieldType.Date => DbType.Date,
        _ => null,
    });

    private static string? Custom(Record record)
    {
        var values = record.Type.Fields.Where(f => f.Custom && record[f.Key] is not null).ToDictionary(f => f.Key, f => FieldStorage.ToJson(f, record[f.Key]!));
        return values.Count == 0 ? null : JsonSerializer.Serialize(values, Stored.Json);
    }

    private static Record ReadRow(RecordType type, IReadOnlyList<Field> columns, Field[] custom, DbDataReader reader)
    {
        var values = new Dictionary<string, object?>(columns.Count + custom.Length);
        for (var i = 0; i < columns.Count; i++)
            if (!reader.IsDBNull(i + 3)) values[columns[i].Key] = FieldStorage.FromColumn(columns[i], reader.GetValue(i + 3));
        if (custom.Length > 0 && !reader.IsDBNull(2))
        {
            using var json = JsonDocument.Parse(reader.GetString(2));
            foreach (var field in custom)
                if (json.RootElement.TryGetProperty(field.Key, out var value) && FieldStorage.FromJson(field, value) is { } read) values[field.Key] = read;
        }
        return new(type, Stored.Id((byte[])reader.GetValue(0)), reader.GetInt64(1), values);
    }
}
