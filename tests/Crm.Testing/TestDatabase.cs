using System.Data.Common;
using Crm.Shared;
using Crm.Shared.Data;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Crm.Testing;

/// <summary>An empty database of its own: a SQLite file in a fresh folder, or with <c>CRM_TEST_SQLSERVER</c> (a connection string) a fresh database on that server. Gone on dispose.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly List<SqliteDialect> opened = [];
    private readonly string? server;
    private readonly string name = "crm_test_" + Guid.NewGuid().ToString("n");

    private TestDatabase(string? server)
    {
        this.server = server;
        Folder = Path.Combine(Path.GetTempPath(), name);
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
        Database = new DatabaseOptions { Provider = IsSqlite ? "Sqlite" : "SqlServer", ConnectionString = IsSqlite ? null : On(name) },
    };

    /// <summary>The same as settings of a host.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Crm:DataFolder"] = Folder,
        ["Crm:Database:Provider"] = Options.Database.Provider,
        ["Crm:Database:ConnectionString"] = Options.Database.ConnectionString,
    };

    public static async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase(Environment.GetEnvironmentVariable("CRM_TEST_SQLSERVER") is { Length: > 0 } server ? server : null);
        if (!database.IsSqlite) await database.OnMasterAsync($"CREATE DATABASE {database.name}");
        return database;
    }

    public Dialect Dialect()
    {
        if (!IsSqlite) return new SqlServerDialect(On(name));
        var dialect = new SqliteDialect($"Data Source={Path.Combine(Folder, "crm.db")}");
        opened.Add(dialect);
        return dialect;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsSqlite)
        {
            foreach (var dialect in opened) dialect.Dispose();
            using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "crm.db")}");
            SqliteConnection.ClearPool(connection);
        }
        else
        {
            SqlConnection.ClearAllPools();
            await OnMasterAsync($"DROP DATABASE {name}");
        }
        try { Directory.Delete(Folder, true); }
        catch (IOException)
        {
            // A file still open somewhere stays in the temp folder.
        }
    }

    private string On(string database) => new SqlConnectionStringBuilder(server) { InitialCatalog = database }.ConnectionString;

    private async Task OnMasterAsync(string sql)
    {
        await using DbConnection connection = new SqlConnection(On("master"));
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, commandTimeout: 300);
    }
}
