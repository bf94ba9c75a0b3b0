using Crm.Shared;
using Crm.Shared.Data;
using Microsoft.Data.Sqlite;

namespace Crm.Testing;

/// <summary>An empty database of its own: a SQLite file in a fresh folder, or with <c>CRM_TEST_SQLSERVER</c> (a connection string) one on that server. Gone on dispose.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly List<SqliteDialect> opened = [];
    private readonly ServerDatabase? server;

    private TestDatabase(ServerDatabase? server)
    {
        this.server = server;
        Folder = Path.Combine(Path.GetTempPath(), "crm_test_" + Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Data folder; with SQLite the file is <c>crm.db</c> in it.</summary>
    public string Folder { get; }

    public bool IsSqlite => server is null;

    public CrmOptions Options => new()
    {
        DataFolder = Folder,
        Work = false,
        Demo = false,
        Database = new DatabaseOptions { Provider = IsSqlite ? "Sqlite" : "SqlServer", ConnectionString = server?.ConnectionString },
    };

    /// <summary>The same as settings of a host.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Crm:DataFolder"] = Folder,
        ["Crm:Database:Provider"] = Options.Database.Provider,
        ["Crm:Database:ConnectionString"] = Options.Database.ConnectionString,
        // Here processes die, never the machine.
        ["Crm:Database:Synchronous"] = "OFF",
    };

    /// <param name="bare">Not even migrated; else a server's may have its tables already, empty as after the migrations.</param>
    public static async Task<TestDatabase> CreateAsync(bool bare = false) =>
        new(Environment.GetEnvironmentVariable("CRM_TEST_SQLSERVER") is { Length: > 0 } server ? await ServerDatabase.TakeAsync(server, bare) : null);

    /// <summary>Drops what a server was left with; once, after the last test.</summary>
    public static Task DropAllAsync() => ServerDatabase.DropAllAsync();

    public Dialect Dialect()
    {
        if (server is not null) return new SqlServerDialect(server.ConnectionString);
        var dialect = new SqliteDialect($"Data Source={Path.Combine(Folder, "crm.db")}", "OFF");
        opened.Add(dialect);
        return dialect;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var dialect in opened) dialect.Dispose();
        if (server is not null) await server.GiveBackAsync();
        else
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "crm.db")}");
            SqliteConnection.ClearPool(connection);
        }
        try { Directory.Delete(Folder, true); }
        catch (IOException)
        {
            // A file still open somewhere stays in the temp folder.
        }
    }
}
