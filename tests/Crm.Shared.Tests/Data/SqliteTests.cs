using Crm.Shared.Data;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Crm.Shared.Tests.Data;

public sealed class SqliteTests
{
    // SQLITE_STMTSTATUS_REPREPARE
    private const int Reprepared = 5;

    [Test]
    public void A_statement_with_a_limit_is_compiled_once_however_often_it_is_bound()
    {
        using var dialect = new SqliteDialect("Data Source=:memory:");
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        raw.sqlite3_exec(connection.Handle, "CREATE TABLE t_row (id INTEGER PRIMARY KEY, name TEXT)");
        raw.sqlite3_prepare_v2(connection.Handle, $"SELECT id FROM t_row WHERE name = @name ORDER BY id {dialect.Limit("@n")}", out var statement);
        using (statement)
        {
            for (var i = 1; i <= 5; i++)
            {
                raw.sqlite3_reset(statement);
                raw.sqlite3_bind_text(statement, 1, "a");
                raw.sqlite3_bind_int(statement, 2, i);
                raw.sqlite3_step(statement);
            }
            raw.sqlite3_stmt_status(statement, Reprepared, 0).ShouldBe(0);
        }
    }

    [Test]
    public async Task Whoever_writes_finds_the_pages_of_the_last_writer_in_memory()
    {
        await using var kernel = await Kernel.StartAsync();
        for (var i = 0; i < 40; i++) await kernel.FirmAsync($"企业{i}");
        var before = await MissesAsync(kernel);
        await kernel.FirmAsync("又一家");
        (await MissesAsync(kernel)).ShouldBe(before);
    }

    private static async Task<int> MissesAsync(Kernel kernel)
    {
        await using var ticket = await kernel.Services.GetRequiredService<Dialect>().BeginAsync(_ => throw new InvalidOperationException(), default);
        await ticket.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM t_firm WHERE name <> ''", transaction: ticket.Transaction);
        raw.sqlite3_db_status(((SqliteTransaction)ticket.Transaction).Connection!.Handle, raw.SQLITE_DBSTATUS_CACHE_MISS, out var misses, out _, 0);
        return misses;
    }
}
