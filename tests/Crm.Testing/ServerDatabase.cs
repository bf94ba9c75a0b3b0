using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Crm.Shared.Data;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Crm.Testing;

/// <summary>A database on a server. To make one and to learn its statements takes a server many seconds, so one that a test is done with is emptied and serves the next.</summary>
internal sealed partial class ServerDatabase
{
    private static readonly ConcurrentBag<ServerDatabase> Idle = [], Shared = [];
    private readonly string server;
    private readonly string name = "crm_test_" + Guid.NewGuid().ToString("n");
    private readonly bool bare;

    private ServerDatabase(string server, bool bare) => (this.server, this.bare) = (server, bare);

    public string ConnectionString => On(name);

    public static async Task<ServerDatabase> TakeAsync(string server, bool bare)
    {
        if (!bare && Idle.TryTake(out var used)) return used;
        var made = new ServerDatabase(server, bare);
        await made.OnMasterAsync($"CREATE DATABASE {made.name}");
        await made.TryOnMasterAsync($"ALTER DATABASE {made.name} SET READ_COMMITTED_SNAPSHOT ON");
        if (!bare) Shared.Add(made);
        return made;
    }

    public async Task GiveBackAsync()
    {
        if (bare) await DropAsync();
        else
        {
            await EmptyAsync();
            Idle.Add(this);
        }
    }

    /// <summary>Drops all, those too that a test forgot to give back.</summary>
    public static async Task DropAllAsync()
    {
        Idle.Clear();
        while (Shared.TryTake(out var made)) await made.DropAsync();
    }

    private async Task DropAsync()
    {
        using (var connection = new SqlConnection(ConnectionString)) SqlConnection.ClearPool(connection);
        // A host that a test left running is thrown out.
        await TryOnMasterAsync($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        await TryOnMasterAsync($"DROP DATABASE {name}");
    }

    /// <summary>As it was after the migrations, with the rows that they put in.</summary>
    private async Task EmptyAsync()
    {
        await using var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync();
        var tables = (await connection.QueryAsync<string>("SELECT name FROM sys.tables WHERE name <> 'shared_migration'")).ToList();
        // Triggers of the scheduler refer to its jobs.
        var delete = tables.OrderBy(t => t == "QRTZ_JOB_DETAILS").Select(t => $"DELETE FROM {t};");
        await connection.ExecuteAsync(string.Concat(delete.Concat(Seeds(tables))), commandTimeout: 300);
    }

    private static IEnumerable<string> Seeds(List<string> tables)
    {
        var assembly = typeof(Migrator).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("db/sqlserver/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (var insert in Insert().Matches(reader.ReadToEnd()).Where(m => tables.Contains(m.Groups[1].Value))) yield return insert.Value;
        }
    }

    private string On(string database) => new SqlConnectionStringBuilder(server) { InitialCatalog = database }.ConnectionString;

    private async Task OnMasterAsync(string sql)
    {
        await using DbConnection connection = new SqlConnection(On("master"));
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, commandTimeout: 300);
    }

    /// <summary>What not every server can do, or what may be done already.</summary>
    private async Task TryOnMasterAsync(string sql)
    {
        try { await OnMasterAsync(sql); }
        catch (SqlException)
        {
            // The test is not about it.
        }
    }

    [GeneratedRegex(@"^INSERT INTO (\w+) [^;]+;", RegexOptions.Multiline)]
    private static partial Regex Insert();
}
