using System.Globalization;
using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>Numbers that people see: L-000123, Q-2026-000045. In the creator's transaction, so none is given twice.</summary>
internal sealed class Numbers(Session session, TimeProvider time, CrmOptions options)
{
    private const int MostAtOnce = 32;
    private readonly Statement take = new(session.Dialect.UpdateReturning("shared_sequence", "value = value + @n", "name = @name", "value"), [("n", null), ("name", null)]);
    private readonly Dictionary<string, Block> blocks = [];

    public async Task<string> NextAsync(RecordType type, CancellationToken ct)
    {
        var year = TimeZoneInfo.ConvertTime(time.GetUtcNow(), options.Zone).Year.ToString(CultureInfo.InvariantCulture);
        var name = type.NumberByYear ? $"{type.Key}-{year}" : type.Key;
        var block = blocks.TryGetValue(name, out var held) && held.Turn == session.Turn ? held : blocks[name] = new(session.Turn);
        if (block.Next > block.Last)
        {
            // Who makes many in one transaction takes more at once; what is left over at its end is a gap.
            var n = Math.Clamp(block.Given, 1, MostAtOnce);
            block.Last = await TakeAsync(name, n, ct);
            block.Next = block.Last - n + 1;
        }
        block.Given++;
        var value = block.Next++;
        return type.NumberByYear ? $"{type.NumberPrefix}-{year}-{value:D6}" : $"{type.NumberPrefix}-{value:D6}";
    }

    private async Task<long> TakeAsync(string name, int n, CancellationToken ct)
    {
        if (await session.RepeatFirstAsync(take, [n, name], ct) is long last) return last;
        try
        {
            await session.ExecuteAsync("INSERT INTO shared_sequence (name, value) VALUES (@name, @n)", new { name, n }, ct);
            return n;
        }
        catch (Exception e) when (session.Dialect.IsDuplicate(e))
        {
            return (long)(await session.RepeatFirstAsync(take, [n, name], ct))!; // another creator was first by a moment
        }
    }

    /// <summary>Numbers taken from the sequence; worth nothing once any of the transaction was undone.</summary>
    private sealed class Block(long turn)
    {
        public long Turn { get; } = turn;
        public long Next { get; set; } = 1;
        public long Last { get; set; }
        public int Given { get; set; }
    }
}
