using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Shared.Time;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Runtime.Sweeps;

/// <summary>Records whose date, moved by the trigger's offset, lies in the stretch.</summary>
internal sealed class DueRecords(IRecords records, ICatalogueSource catalogue, Moments moments)
{
    public async Task<(IReadOnlyList<(Record Record, string What)> Found, string? Next)> FindAsync(string type, Trigger trigger, Sweep sweep, CancellationToken ct)
    {
        var field = catalogue.Current[type].Find(trigger.Inputs["field"].GetString()!)!;
        var offset = trigger.Inputs.TryGetValue("offset", out var json) ? BusinessDuration.Parse(json) : null;
        var page = await records.ListAsync(new(type) { Filter = Around(field, offset, sweep), Sort = ["createdAt"], Limit = Sweeping.PageSize, After = sweep.After, Trusted = true }, ct);
        var found = new List<(Record, string)>();
        foreach (var record in page.Items)
        {
            var at = moments.Instant(record[field.Key])!.Value;
            var due = offset is null ? at : (await moments.AfterAsync(at, offset, record.Unit, ct)).Utc;
            if ((sweep.From is null || sweep.From < due) && due <= sweep.To) found.Add((record, $"{field.Key}/{Stored.Time(due)}"));
        }
        return (found, page.Next);
    }

    /// <summary>Wide enough for time zones, mornings and, in business time, holidays; each record is counted exactly afterwards.</summary>
    private static Condition Around(Field field, BusinessDuration? offset, Sweep sweep)
    {
        var length = offset is null ? TimeSpan.Zero : TimeSpan.FromDays(offset.Days) + offset.Time;
        var slack = TimeSpan.FromDays(2) + (offset is { Business: true } ? length.Duration() * 5 + TimeSpan.FromDays(15) : TimeSpan.Zero);
        var to = sweep.To - length + slack;
        object Value(DateTime at) => field.Type == FieldType.Date ? DateOnly.FromDateTime(at) : Stored.Whole(at);
        return sweep.From is { } from
            ? new(field.Key, [field], FilterOp.Between, [new Literal(Value(from - length - slack)), new Literal(Value(to))])
            : new(field.Key, [field], FilterOp.Lte, [new Literal(Value(to))]);
    }
}
