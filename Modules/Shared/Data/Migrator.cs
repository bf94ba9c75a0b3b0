using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Crm.Shared.Data;

/// <summary>Brings the database to the newest version at start. Each migration runs once, in a transaction, and is recorded with its checksum;
/// one that was changed after it ran is refused, because then no two databases would be known to be alike.</summary>
public sealed partial class Migrator(Dialect dialect, TimeProvider time, ILogger<Migrator> log)
{
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var connection = dialect.CreateConnection();
        await connection.OpenAsync(ct);
        await dialect.PrepareAsync(connection, ct);
        await using var held = await dialect.LockMigrationsAsync(connection, ct);
        var sqlite = dialect.Name == "sqlite";
        if (sqlite) await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
        await connection.ExecuteAsync(sqlite
            ? "CREATE TABLE IF NOT EXISTS shared_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)"
            : "IF NOT EXISTS (SELECT 1 FROM sys.tables WHERE name = 'shared_migration') CREATE TABLE shared_migration (number INT NOT NULL PRIMARY KEY, name NVARCHAR(100) NOT NULL, checksum NVARCHAR(64) NOT NULL, applied_at DATETIME2(3) NOT NULL)");
        var applied = (await connection.QueryAsync<Applied>("SELECT number, name, checksum FROM shared_migration")).ToDictionary(a => a.Number);
        foreach (var migration in Embedded())
        {
            if (!applied.TryGetValue(migration.Number, out var before)) await ApplyAsync(connection, migration, ct);
            else if (before.Checksum != migration.Checksum)
                throw new InvalidOperationException($"Migration {migration.Number} ({before.Name}) was changed after it ran on this database. Restore the file and put the change into a new migration.");
        }
    }

    private async Task ApplyAsync(DbConnection connection, Migration migration, CancellationToken ct)
    {
        log.LogInformation("Migration {Number} {Name}", migration.Number, migration.Name);
        await using var ticket = await dialect.BeginAsync(_ => ValueTask.FromResult(connection), ct);
        foreach (var batch in Separator().Split(migration.Sql).Where(b => !string.IsNullOrWhiteSpace(b)))
            await ticket.Connection.ExecuteAsync(new CommandDefinition(batch, transaction: ticket.Transaction, commandTimeout: 600, cancellationToken: ct));
        await ticket.Connection.ExecuteAsync(
            "INSERT INTO shared_migration (number, name, checksum, applied_at) VALUES (@Number, @Name, @Checksum, @At)",
            new { migration.Number, migration.Name, migration.Checksum, At = time.UtcNow() }, ticket.Transaction);
        await ticket.Transaction.CommitAsync(ct);
    }

    private IEnumerable<Migration> Embedded()
    {
        var assembly = typeof(Migrator).Assembly;
        var prefix = $"db/{dialect.Name}/";
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            var name = Path.GetFileNameWithoutExtension(resource[prefix.Length..]);
            var split = name.IndexOf('_', StringComparison.Ordinal);
            yield return new(int.Parse(name[..split], CultureInfo.InvariantCulture), name[(split + 1)..], sql,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }
    }

    [GeneratedRegex(@"^GO[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    private sealed record Migration(int Number, string Name, string Sql, string Checksum);

    private sealed class Applied
    {
        public int Number { get; init; }
        public string Name { get; init; } = "";
        public string Checksum { get; init; } = "";
    }
}
