namespace Crm.Shared;

/// <summary>Configuration section <c>Crm</c>; also <c>--Crm:Name=value</c> and environment variables <c>Crm__Name</c>.</summary>
public sealed class CrmOptions
{
    /// <summary>Where the embedded database, uploads and keys live.</summary>
    public string DataFolder { get; set; } = "data";
    /// <summary>Fill an empty database with the demo company; by default only in Development.</summary>
    public bool? Demo { get; set; }
    public DatabaseOptions Database { get; set; } = new();
    /// <summary>IANA id; the company's days begin here.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";
    /// <summary>Currency of new records.</summary>
    public string Currency { get; set; } = "CNY";
    /// <summary>Address of this host as people reach it, for links in mail.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:5080";
    public SmtpOptions Smtp { get; set; } = new();
    /// <summary>False where another host does the background work.</summary>
    public bool Work { get; set; } = true;
    /// <summary>Hosts in private networks that SOPs and webhooks may call, as <c>erp.intern</c> or <c>10.0.0.7:8080</c>.</summary>
    public List<string> AllowedHosts { get; set; } = [];
    /// <summary>Sign-ins one address may try in a minute.</summary>
    public int SignInsPerMinute { get; set; } = 20;
    /// <summary>Largest file that can be imported.</summary>
    public int ImportMegabytes { get; set; } = 200;
    /// <summary>Public forms one address may send or open in a minute.</summary>
    public int PublicPerMinute { get; set; } = 60;
    /// <summary>Calls of SOPs from outside, and openings of tracked mail, that one address may make in a minute.</summary>
    public int HooksPerMinute { get; set; } = 600;

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}

public sealed class DatabaseOptions
{
    /// <summary><c>Sqlite</c> or <c>SqlServer</c>.</summary>
    public string Provider { get; set; } = "Sqlite";
    /// <summary>For SQLite optional: crm.db in the data folder.</summary>
    public string? ConnectionString { get; set; }
    /// <summary>SQLite only: <c>FULL</c> secures every commit against a power cut; <c>NORMAL</c> is quicker and may lose the last ones to it, never the order of the file.</summary>
    public string Synchronous { get; set; } = "FULL";
}

/// <summary>Mail goes out only where a host is set.</summary>
public sealed class SmtpOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 25;
    /// <summary>STARTTLS.</summary>
    public bool Tls { get; set; }
    public string? User { get; set; }
    public string? Password { get; set; }
    public string From { get; set; } = "crm@localhost";
}
