using System.Security.Cryptography;
using System.Text;
using Crm.Shared.Data;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows.Tests.Trials;

/// <summary>All that a database holds, as a number of rows and a hash of each table.</summary>
internal static class Tables
{
    public static Task<Dictionary<string, string>> ReadAsync(TestCrm crm, params string[] except) => crm.RunAsync(async services =>
    {
        var session = services.GetRequiredService<Session>();
        var names = await session.QueryAsync<string>(
            session.Dialect.Name == "sqlite" ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'" : "SELECT name FROM sys.tables", null, default);
        var all = new Dictionary<string, string>();
        // Hints to other hosts are written when their time has come.
        foreach (var name in names.Except(except).Except(["host_hint"])) all[name] = await OfAsync(session, name);
        return all;
    });

    private static async Task<string> OfAsync(Session session, string table)
    {
        var rows = new List<string>();
        await session.ReadAsync($"SELECT * FROM {table}", null, reader =>
        {
            var row = new StringBuilder();
            for (var i = 0; i < reader.FieldCount; i++) row.Append(reader.IsDBNull(i) ? "-" : reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i)).Append('|');
            rows.Add(row.ToString());
        }, default);
        rows.Sort(StringComparer.Ordinal);
        return $"{rows.Count} rows, {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))}";
    }
}
