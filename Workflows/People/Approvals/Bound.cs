using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Approvals;

/// <summary>What an approval is bound to: the approved fields as they were, for people and as a hash.</summary>
internal sealed class Bound(Session session, IRecords records, ICatalogueSource catalogue, Reading reading)
{
    /// <summary><c>[{field, label: {zh,en}, value}]</c>, values as people read them.</summary>
    public async Task<string> SnapshotAsync(Record record, IReadOnlyList<string> fields, CancellationToken ct)
    {
        var snapshot = new JsonArray();
        // Where nothing is bound the approver still has to know what it is about.
        var shown = fields.Count > 0 ? fields : record.Type.Views is [var first, ..] ? first.Columns : [record.Type.NameField];
        foreach (var field in shown.Select(record.Type.Find).OfType<Field>().Where(f => !f.Sensitive || fields.Contains(f.Key)))
            snapshot.Add(new JsonObject
            {
                ["field"] = field.Key,
                ["label"] = JsonSerializer.SerializeToNode(field.Label, ContractJson.Options),
                ["value"] = field.Type == FieldType.Lines ? await LinesAsync(record, field, ct) : await ShowAsync(field, record[field.Key], ct),
                ["valueEn"] = field.Type is FieldType.Select or FieldType.MultiSelect ? await reading.ShowAsync(field, record[field.Key], "en", ct) : null,
            });
        return snapshot.ToJsonString(ContractJson.Options);
    }

    private async Task<JsonArray> LinesAsync(Record record, Field field, CancellationToken ct)
    {
        var type = catalogue.Current[field.References!];
        var shown = new JsonArray();
        foreach (var line in record.Get<IReadOnlyList<IReadOnlyDictionary<string, object?>>>(field.Key) ?? [])
        {
            var row = new JsonObject();
            foreach (var part in type.Fields.Where(f => !f.Sensitive && line.GetValueOrDefault(f.Key) is not null)) row[part.Label.Zh] = await ShowAsync(part, line[part.Key], ct);
            shown.Add(row);
        }
        return shown;
    }

    /// <summary>Numbers stay numbers, so that the page can format and compare them.</summary>
    private async Task<JsonNode?> ShowAsync(Field field, object? value, CancellationToken ct) =>
        value is decimal or long or bool ? Reading.ToJson(value) : await reading.ShowAsync(field, value, "zh", ct);

    public static string Hash(Record record, IReadOnlyList<string> fields)
    {
        var values = new StringBuilder();
        foreach (var field in fields.Order(StringComparer.Ordinal)) values.Append(field).Append('=').Append(JsonSerializer.Serialize(record[field], Stored.Json)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(values.ToString())));
    }

    public Task<Record?> FindAsync(RecordRef of, CancellationToken ct) => records.FindAsync(of.Type, of.Id, ct);

    public async Task LockAsync(Guid approval, Record record, IReadOnlyList<string> fields, CancellationToken ct)
    {
        await ReleaseAsync(approval, record.Id, ct);
        if (fields.Count == 0) return;
        await session.ExecuteAsync("INSERT INTO workflows_lock (record_id, approval_id, fields, hash, active) VALUES (@record, @approval, @fields, @hash, @active)",
            new { record = record.Id, approval, fields = JsonSerializer.Serialize(fields, Stored.Json), hash = Hash(record, fields), active = true }, ct);
    }

    public Task ReleaseAsync(Guid approval, Guid record, CancellationToken ct) =>
        session.ExecuteAsync("DELETE FROM workflows_lock WHERE record_id = @record AND approval_id = @approval", new { record, approval }, ct);

    /// <summary>Approved: the fields may change again, and a change voids what was approved.</summary>
    public Task WatchAsync(Guid approval, Guid record, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_lock SET active = @no WHERE record_id = @record AND approval_id = @approval", new { record, approval, no = false }, ct);
}
