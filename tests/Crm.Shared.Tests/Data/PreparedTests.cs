using System.Data.Common;
using Crm.Shared.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Shared.Tests.Data;

/// <summary>What Dapper and the record store may expect of a command on SQLite.</summary>
public sealed class PreparedTests
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-{Guid.NewGuid():N}.db");
    private SqliteDialect dialect = null!;
    private DbConnection connection = null!;

    [SetUp]
    public async Task Open()
    {
        TypeHandlers.Register();
        dialect = new SqliteDialect($"Data Source={file}");
        connection = dialect.CreateConnection();
        await connection.OpenAsync();
        await connection.ExecuteAsync("CREATE TABLE t_row (id BLOB PRIMARY KEY, name TEXT COLLATE NOCASE, n INTEGER, share REAL)");
    }

    [TearDown]
    public async Task Close()
    {
        await connection.DisposeAsync();
        dialect.Dispose();
        foreach (var path in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(path);
    }

    [Test]
    public async Task Every_stored_form_comes_back_as_it_went()
    {
        var (id, name) = (Guid.NewGuid(), "长安" + new string('汉', 400) + "\U0001F600");
        await connection.ExecuteAsync("INSERT INTO t_row (id, name, n, share) VALUES (@id, @name, @n, @share)", new { id, name, n = long.MinValue, share = 0.125 });
        await connection.ExecuteAsync("INSERT INTO t_row (id, name, n, share) VALUES (@id, @name, @n, @share)", new { id = Guid.NewGuid(), name = "", n = (int?)null, share = (double?)null });
        var rows = (await connection.QueryAsync<Row>("SELECT id, name, n, share FROM t_row ORDER BY n DESC")).ToList();
        rows[0].ShouldBe(new Row { Id = id, Name = name, N = long.MinValue, Share = 0.125 });
        (rows[1].Name, rows[1].N, rows[1].Share).ShouldBe(("", null, null));
        (await connection.QueryFirstAsync<bool>("SELECT n IS NULL FROM t_row WHERE name = @name", new { name = "" })).ShouldBeTrue();
    }

    [Test]
    public async Task What_has_no_stored_form_is_refused()
    {
        await Should.ThrowAsync<NotSupportedException>(() => connection.ExecuteAsync("INSERT INTO t_row (id, name) VALUES (@id, @name)", new { id = Guid.NewGuid(), name = TimeSpan.FromDays(1) }));
        (await CountAsync()).ShouldBe(0);
    }

    [Test]
    public async Task A_parameter_without_a_value_is_told()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => connection.ExecuteAsync("INSERT INTO t_row (id, name) VALUES (@id, @name)", new { id = Guid.NewGuid() }));
        failure.Message.ShouldContain("INSERT INTO t_row");
    }

    [Test]
    public async Task A_statement_that_failed_runs_again_as_if_nothing_had_been()
    {
        const string insert = "INSERT INTO t_row (id, name) VALUES (@id, @name)";
        var id = Guid.NewGuid();
        await connection.ExecuteAsync(insert, new { id, name = "a" });
        var failure = await Should.ThrowAsync<SqliteException>(() => connection.ExecuteAsync(insert, new { id, name = "b" }));
        dialect.IsDuplicate(failure).ShouldBeTrue();
        (await connection.ExecuteAsync(insert, new { id = Guid.NewGuid(), name = "c" })).ShouldBe(1);
        (await CountAsync()).ShouldBe(2);
    }

    [Test]
    public async Task A_reader_that_is_left_open_disturbs_nobody_who_asks_the_same()
    {
        foreach (var name in new[] { "a", "b", "c" }) await connection.ExecuteAsync("INSERT INTO t_row (id, name) VALUES (@id, @name)", new { id = Guid.NewGuid(), name });
        const string sql = "SELECT name FROM t_row ORDER BY name";
        await using var open = await connection.ExecuteReaderAsync(sql);
        open.Read().ShouldBeTrue();
        (await connection.QueryAsync<string>(sql)).ShouldBe(["a", "b", "c"]);
        open.Read().ShouldBeTrue();
        open.GetString(0).ShouldBe("b");
    }

    [Test]
    public async Task Several_statements_in_one_text_all_run()
    {
        await connection.ExecuteAsync("INSERT INTO t_row (id, name) VALUES (@a, 'a'); INSERT INTO t_row (id, name) VALUES (@b, 'b')", new { a = Guid.NewGuid(), b = Guid.NewGuid() });
        (await CountAsync()).ShouldBe(2);
    }

    [Test]
    public async Task It_says_how_many_rows_it_wrote_and_returns_those_it_is_asked_for()
    {
        foreach (var name in new[] { "a", "b", "c" }) await connection.ExecuteAsync("INSERT INTO t_row (id, name, n) VALUES (@id, @name, 1)", new { id = Guid.NewGuid(), name });
        (await connection.ExecuteAsync("UPDATE t_row SET n = 2 WHERE name > @name", new { name = "A" })).ShouldBe(2);
        (await connection.ExecuteAsync("UPDATE t_row SET n = 3 WHERE name = @name", new { name = "z" })).ShouldBe(0);
        (await connection.ExecuteScalarAsync<long>("UPDATE t_row SET n = n + 5 WHERE name = @name RETURNING n", new { name = "b" })).ShouldBe(7);
    }

    private Task<long> CountAsync() => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM t_row");

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string? Name { get; init; }
        public long? N { get; init; }
        public double? Share { get; init; }
    }
}
