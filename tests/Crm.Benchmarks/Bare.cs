using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Benchmarks;

/// <summary>The database without us: what the same file does for plain SQL with the same durability.</summary>
internal static class Bare
{
    public static async Task<SqliteConnection> OpenAsync(string file)
    {
        var db = new SqliteConnection($"Data Source={file}");
        await db.OpenAsync();
        await db.ExecuteAsync("PRAGMA synchronous = FULL; PRAGMA busy_timeout = 20000");
        return db;
    }

    /// <summary>Single-row INSERT transactions a second.</summary>
    public static async Task<double> InsertsAsync(SqliteConnection db, int n)
    {
        await db.ExecuteAsync("CREATE TABLE IF NOT EXISTS bench_row (id BLOB PRIMARY KEY, name TEXT, phone TEXT, region TEXT, at TEXT)");
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < n; i++)
        {
            using var transaction = db.BeginTransaction(deferred: false);
            await db.ExecuteAsync("INSERT INTO bench_row (id, name, phone, region, at) VALUES (@id, @name, '13800001234', 'east', '2026-01-01 00:00:00.000')", new { id = Guid.CreateVersion7().ToByteArray(true), name = $"线索{i}" }, transaction);
            transaction.Commit();
        }
        return n / watch.Elapsed.TotalSeconds;
    }

    public static double Percentile(IReadOnlyCollection<double> values, double p) => values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * p));
}
