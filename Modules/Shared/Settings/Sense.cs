namespace Crm.Shared.Settings;

/// <summary>What the program's settings must be, said before anything is made of them.</summary>
internal static class Sense
{
    /// <exception cref="SettingException">Names the first that makes none.</exception>
    public static void Check(CrmOptions options)
    {
        var database = options.Database;
        var server = Is(database.Provider, "SqlServer");
        Need(TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _), "TimeZone", $"a zone as the IANA names it, such as Asia/Shanghai; there is no {options.TimeZone}");
        Need(server || Is(database.Provider, "Sqlite"), "Database:Provider", $"Sqlite or SqlServer, not {database.Provider}");
        Need(!server || !string.IsNullOrWhiteSpace(database.ConnectionString), "Database:ConnectionString", "needed for SQL Server");
        Need(database.Synchronous is "FULL" or "NORMAL" or "OFF", "Database:Synchronous", "FULL, NORMAL or OFF");
        Need(Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https", "PublicUrl", "an address as https://crm.example.com");
        Need(options.Smtp.Port is > 0 and < 65536, "Smtp:Port", "between 1 and 65535");
        foreach (var (name, value) in new[] { ("SignInsPerMinute", options.SignInsPerMinute), ("PublicPerMinute", options.PublicPerMinute), ("HooksPerMinute", options.HooksPerMinute), ("ImportMegabytes", options.ImportMegabytes) })
            Need(value > 0, name, "a whole number from 1");
    }

    private static bool Is(string given, string name) => given.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static void Need(bool holds, string name, string what)
    {
        if (!holds) throw new SettingException($"Crm:{name} must be {what}.");
    }
}
