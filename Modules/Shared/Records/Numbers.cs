using System.Globalization;
using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>Numbers that people see: L-000123, Q-2026-000045. In the creator's transaction, so none is given twice.</summary>
internal sealed class Numbers(Session session, TimeProvider time, CrmOptions options)
{
    public async Task<string> NextAsync(RecordType type, CancellationToken ct)
    {
        var year = TimeZoneInfo.ConvertTime(time.GetUtcNow(), options.Zone).Year.ToString(CultureInfo.InvariantCulture);
        var name = type.NumberByYear ? $"{type.Key}-{year}" : type.Key;
        var next = session.Dialect.UpdateReturning("shared_sequence", "value = value + 1", "name = @name", "value");
        var value = await session.FirstAsync<long?>(next, new { name }, ct);
        if (value is null)
        {
            try
            {
                await session.ExecuteAsync("INSERT INTO shared_sequence (name, value) VALUES (@name, 1)", new { name }, ct);
                value = 1;
            }
            catch (Exception e) when (session.Dialect.IsDuplicate(e))
            {
                value = await session.FirstAsync<long>(next, new { name }, ct); // another creator was first by a moment
            }
        }
        return type.NumberByYear ? $"{type.NumberPrefix}-{year}-{value:D6}" : $"{type.NumberPrefix}-{value:D6}";
    }
}
