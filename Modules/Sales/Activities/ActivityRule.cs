using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Sales.Activities;

/// <summary>An activity belongs to something, has a time, and is found from the customer whatever it was logged on.</summary>
internal sealed class ActivityRule(Session session, Lazy<IRecords> records, TimeProvider time) : IRecordRule
{
    public string RecordType => ActivityType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        var activity = change.After;
        activity["happenedAt"] ??= time.UtcNow();
        if (ActivityType.Related.All(r => activity.Reference(r) is null)) change.Wrong("", "activity.aboutNothing");
        if (activity.Reference("quote") is { } quote && activity.Reference("opportunity") is null)
            activity["opportunity"] = await session.FirstAsync<Guid?>("SELECT opportunity_id FROM sales_quote WHERE id = @quote", new { quote }, ct);
        activity["customer"] ??= await CustomerAsync(activity, ct);
    }

    private async Task<object?> CustomerAsync(Record activity, CancellationToken ct)
    {
        foreach (var (field, table) in new[] { ("quote", "sales_quote"), ("opportunity", "sales_opportunity"), ("contact", "sales_contact") })
            if (activity.Reference(field) is { } id && await session.FirstAsync<Guid?>($"SELECT customer_id FROM {table} WHERE id = @id", new { id }, ct) is { } customer)
                return customer;
        return activity.Reference("ticket") is { } ticket ? (await records.Value.FindAsync("ticket", ticket, ct))?.Reference("customer") : null;
    }
}
