using System.Text.RegularExpressions;
using Crm.Shared.Data;

namespace Crm.Shared.Records;

/// <summary>What programs and SOPs call a thing by. Where people give no such key it is made from the name: nobody should have to invent one.</summary>
public static partial class Slug
{
    private const int Most = 36;

    /// <summary>The name's small letters and digits, joined by hyphens: <c>Key accounts</c> gives <c>key-accounts</c>.</summary>
    /// <returns>Null for a name with fewer than two of them, such as a Chinese one.</returns>
    public static string? Of(string? name)
    {
        var slug = Others().Replace((name ?? "").ToLowerInvariant(), "-").Trim('-');
        slug = slug.Length > Most ? slug[..Most].TrimEnd('-') : slug;
        return slug.Count(char.IsAsciiLetterOrDigit) < 2 ? null : slug;
    }

    /// <summary>A name for programs that is not taken: <c>Annual revenue</c> gives <c>annualRevenue</c>, then <c>annualRevenue2</c>.</summary>
    /// <param name="kind">What it is called where the name has no letters for it.</param>
    public static string Free(string? name, string kind, IEnumerable<string> taken)
    {
        var others = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var words = (Of(name)?.Split('-') ?? []).SkipWhile(w => !char.IsAsciiLetter(w[0])).ToArray();
        var joined = string.Concat(words.Select((w, i) => i == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..]));
        var plain = joined.Length < 2 ? kind : joined;
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? plain : $"{plain}{n}").First(key => !others.Contains(key));
    }

    /// <summary>Gives the record a key that no other of its type has, or says what is wrong with the one it was given. Taking a key away keeps it.</summary>
    /// <param name="taken">Problem code; its argument is the name of who has the key.</param>
    public static async Task EnsureAsync(Session session, RecordChange change, string field, Regex shape, string wrong, string taken, CancellationToken ct)
    {
        var record = change.After;
        if (record.Text(field) is not { } key)
        {
            record[field] = change.Before?.Text(field) ?? await FreeAsync(session, record, field, ct);
            return;
        }
        if (!shape.IsMatch(key)) change.Wrong(field, wrong);
        if (await HolderAsync(session, record, field, key, ct) is { } holder) change.Wrong(field, taken, holder);
    }

    private static async Task<string> FreeAsync(Session session, Record record, string field, CancellationToken ct)
    {
        var plain = Of(record.Text(record.Type.NameField));
        if (plain is not null && await HolderAsync(session, record, field, plain, ct) is null) return plain;
        // ids made one after the other differ in their last digits
        return $"{plain ?? record.Type.Key.ToLowerInvariant()}-{record.Id.ToString("N")[^6..]}";
    }

    private static Task<string?> HolderAsync(Session session, Record record, string field, string key, CancellationToken ct)
    {
        string Column(string of) => record.Type.Find(of)!.Column;
        return session.FirstAsync<string>($"SELECT {Column(record.Type.NameField)} FROM {record.Type.Table} WHERE {session.Dialect.Filters.AnyCase(Column(field))} = @key AND deleted_at IS NULL AND id <> @Id", new { key, record.Id }, ct);
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
