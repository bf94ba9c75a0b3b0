using Crm.Shared.Data;
using Crm.Shared.Records.Filters;
using Crm.Shared.Tests.Records.Filters;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Crm.Shared.Tests.Data;

/// <summary>What goes to a server is read here by the parser of SQL Server 2019, which needs no server: it knows the grammar and the reserved words, not the tables.</summary>
public sealed class TransactSqlTests
{
    private static readonly SqlServerDialect Server = new("Server=nowhere");
    private static readonly FilterContext Context = new(World.Id("user", 1), World.Id("unit", 1), new(2026, 11, 21, 16, 30, 0, DateTimeKind.Utc), TimeZoneInfo.Utc);

    public static IEnumerable<string> Migrations =>
        typeof(Migrator).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("db/sqlserver/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Migrations))]
    public void A_migration_can_be_read(string name)
    {
        using var text = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(name)!);
        var found = new Found();
        Read(text.ReadToEnd()).Accept(found);
        found.Forbidden.ShouldBeEmpty("docs of the servers we support: one column per ADD, no index inside CREATE TABLE, no MERGE, names under 60 characters");
    }

    [Test]
    public void Every_list_that_a_filter_can_ask_for_can_be_read() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(World.Filter(8).ToArbitrary(), Gen.Elements(World.Paths.ToArray()).ToArbitrary(), (filter, path) =>
        {
            var sql = new SqlFilter(World.Deal, "t", World.Catalogue, Server.Filters, Context);
            var (where, order) = (sql.Where(filter), sql.Value(World.Catalogue.Path(World.Deal, path)!));
            Read($"SELECT t.id FROM test_deal t {sql.Joins} WHERE {where} ORDER BY {order}, t.id {Server.Limit("@n")}");
        }));

    [Test]
    public void What_only_the_server_says_can_be_read()
    {
        Read(Server.Claim("shared_work", "fence = fence + 1", "lane = @lane AND due_at <= @now", "due_at, id", "id, fence"));
        Read(Server.UpdateReturning("shared_sequence", "value = value + 1", "name = @name", "value"));
        Read($"{Server.Savepoint("s1")}; {Server.RollbackTo("s1")}");
        Read($"SELECT {Server.Month("at")}, {Server.Seconds("at", "ended_at")} FROM t{Server.NotChanging}");
        Read($"SELECT seq, step FROM {Server.JsonRows("@rows", ["seq"], ["step"])} j");
        Read(Statement.InsertUnless("t", [("id", null), ("name", null)], "id = @id").Sql);
    }

    [TestCase("SELECT id FROM t LIMIT 3")]
    [TestCase("SELECT a || b FROM t")]
    [TestCase("SELECT plan FROM t")]
    public void What_another_engine_understands_cannot(string sql) => Should.Throw<ShouldAssertException>(() => Read(sql));

    private static TSqlFragment Read(string sql)
    {
        var read = new TSql150Parser(true).Parse(new StringReader(sql), out var errors);
        errors.Select(e => $"line {e.Line}: {e.Message}").ShouldBeEmpty(sql);
        return read;
    }

    private sealed class Found : TSqlFragmentVisitor
    {
        public List<string> Forbidden { get; } = [];

        public override void Visit(AlterTableAddTableElementStatement add)
        {
            if (add.Definition.ColumnDefinitions.Count > 1) Forbidden.Add($"line {add.StartLine}: several columns in one ADD");
        }

        public override void Visit(CreateTableStatement table)
        {
            if (table.Definition.Indexes.Count > 0 || table.Definition.ColumnDefinitions.Any(c => c.Index is not null)) Forbidden.Add($"line {table.StartLine}: an index inside the table");
        }

        public override void Visit(MergeStatement merge) => Forbidden.Add($"line {merge.StartLine}: MERGE");

        public override void Visit(Identifier name)
        {
            if (name.Value.Length >= 60) Forbidden.Add($"{name.Value} is too long");
        }
    }
}
