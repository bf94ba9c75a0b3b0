using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Settings;

namespace Crm.Platform.Settings;

/// <summary>What is declared and what is set, kept in memory.</summary>
internal sealed class SettingsBook(IEnumerable<ISettingFields> modules) : IRefreshable
{
    public const string StampName = "settings";
    private volatile IReadOnlyDictionary<string, object?> current = new Dictionary<string, object?>();

    public IReadOnlyList<Field> Fields { get; } = [.. modules.SelectMany(m => m.Fields)];
    public string Stamp => StampName;
    public IReadOnlyDictionary<string, object?> Current => current;

    public async Task LoadAsync(Session session, CancellationToken ct) => current = await ReadAsync(session, ct);

    /// <summary>A value for every declared setting; what nobody declares any more is passed over.</summary>
    public async Task<IReadOnlyDictionary<string, object?>> ReadAsync(Session session, CancellationToken ct)
    {
        var rows = (await session.QueryAsync<Row>("SELECT name, value FROM platform_setting", null, ct)).ToDictionary(r => r.Name, r => r.Value);
        return Fields.ToDictionary(f => f.Key, f => rows.TryGetValue(f.Key, out var value)
            ? value is null ? null : FieldStorage.FromJson(f, JsonSerializer.Deserialize<JsonElement>(value))
            : f.Default);
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";
        public string? Value { get; init; }
    }
}

internal sealed class CompanySettings(SettingsBook book, Freshness freshness) : ISettings
{
    public async ValueTask<object?> ReadAsync(string key, CancellationToken ct)
    {
        await freshness.EnsureAsync(ct);
        return book.Current.GetValueOrDefault(key);
    }
}

/// <summary>What the platform itself has to set.</summary>
internal sealed class PlatformSettings : ISettingFields
{
    public const string Company = "companyName";

    public IEnumerable<Field> Fields { get; } =
    [
        new(Company, FieldType.Text, new("公司名称", "Company")) { Required = true, Default = "CRM", MaxLength = 100, Help = new("显示为系统邮件的发件人", "Mail of the system comes from this name") },
    ];
}
