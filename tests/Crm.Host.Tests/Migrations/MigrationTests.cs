using System.Globalization;
using Crm.Shared.Data;
using Crm.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Host.Tests.Migrations;

internal sealed class MigrationTests
{
    private static Migrator Migrator(TestDatabase database) => new(database.Dialect(), TimeProvider.System, NullLogger<Migrator>.Instance);

    [Test]
    public async Task A_migration_that_was_changed_after_it_ran_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync(bare: true);
        await Migrator(database).MigrateAsync(default);
        await using (var session = new Session(database.Dialect()))
            await session.ExecuteAsync("UPDATE shared_migration SET checksum = 'other' WHERE number = 2", null, default);
        (await Should.ThrowAsync<InvalidOperationException>(() => Migrator(database).MigrateAsync(default))).Message.ShouldContain("was changed after it ran");
    }

    [Test]
    public async Task Hosts_that_start_together_migrate_once()
    {
        await using var database = await TestDatabase.CreateAsync(bare: true);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrator(database).MigrateAsync(default))));
        await using var session = new Session(database.Dialect());
        (await session.FirstAsync<long>("SELECT COUNT(*) FROM shared_migration", null, default)).ShouldBe(Names("sqlite").Count);
    }

    [Test]
    public async Task Starting_again_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(bare: true);
        await Migrator(database).MigrateAsync(default);
        await Migrator(database).MigrateAsync(default);
    }

    [Test]
    public void Every_migration_exists_for_both_engines_under_the_same_name()
    {
        Names("sqlite").ShouldBe(Names("sqlserver"));
        var numbers = Names("sqlite").Select(n => int.Parse(n[..3], CultureInfo.InvariantCulture)).ToList();
        numbers.ShouldBeUnique();
    }

    private static List<string> Names(string engine) =>
        [.. typeof(Migrator).Assembly.GetManifestResourceNames().Where(n => n.StartsWith($"db/{engine}/", StringComparison.Ordinal)).Select(n => n[$"db/{engine}/".Length..]).Order(StringComparer.Ordinal)];
}
