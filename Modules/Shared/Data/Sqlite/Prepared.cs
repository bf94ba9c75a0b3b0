using System.Buffers;
using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Shared.Data.Sqlite;

/// <summary>One statement that SQLite has compiled, with what is always the same of it: where its parameters go, what its columns are called.
/// The library's command asks SQLite for both again whenever it runs, by names that it translates each time; see docs/decisions/010.</summary>
internal sealed class Prepared : IDisposable
{
    private const uint Persistent = 1;
    private readonly sqlite3 db;
    private readonly Dictionary<string, int> places = [];
    private string[]? names;
    private Type?[]? types;

    private Prepared(sqlite3 db, sqlite3_stmt statement, string sql)
    {
        (this.db, Statement, Sql) = (db, statement, sql);
        for (var i = raw.sqlite3_bind_parameter_count(statement); i > 0; i--) places.Add(raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string()[1..], i);
    }

    public string Sql { get; }
    public sqlite3_stmt Statement { get; }
    public string[] Names => names ??= [.. Columns.Select(i => raw.sqlite3_column_name(Statement, i).utf8_to_string())];

    /// <summary>By the declared type of a column; an expression has none, and is what its value in the present row is.</summary>
    public Type TypeOf(int column) => (types ??= [.. Columns.Select(i => Declared(raw.sqlite3_column_decltype(Statement, i).utf8_to_string()))])[column]
        ?? raw.sqlite3_column_type(Statement, column) switch
        {
            raw.SQLITE_INTEGER => typeof(long),
            raw.SQLITE_FLOAT => typeof(double),
            raw.SQLITE_TEXT => typeof(string),
            _ => typeof(byte[]),
        };

    /// <summary>Null where the text holds more than one statement.</summary>
    public static Prepared? From(sqlite3 db, string sql)
    {
        var rc = raw.sqlite3_prepare_v3(db, sql, Persistent, out var statement, out var rest);
        SqliteException.ThrowExceptionForRC(rc, db);
        if (statement is not { IsInvalid: false } || !string.IsNullOrWhiteSpace(rest))
        {
            statement?.Dispose();
            return null;
        }
        return new(db, statement, sql);
    }

    public void Bind(DbParameterCollection parameters)
    {
        var bound = 0;
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            var name = parameter.ParameterName;
            if (!places.TryGetValue(name.StartsWith('@') ? name[1..] : name, out var place)) continue;
            Bind(place, parameter.Value);
            bound++;
        }
        if (bound < places.Count) throw new InvalidOperationException($"A parameter has no value: {Sql}");
    }

    /// <summary>False when there are no more rows.</summary>
    public bool Step()
    {
        var rc = raw.sqlite3_step(Statement);
        if (rc == raw.SQLITE_ROW) return true;
        if (rc != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(rc, db);
        return false;
    }

    /// <summary>Runs to the end; the number of rows that were written.</summary>
    public int Run()
    {
        while (Step()) { }
        var written = raw.sqlite3_changes(db);
        Reset();
        return written;
    }

    public void Reset() => raw.sqlite3_reset(Statement);

    public void Dispose() => Statement.Dispose();

    /// <summary>The forms of <see cref="Stored"/>; anything else would be kept in a form that nobody finds again.</summary>
    private void Bind(int place, object? value)
    {
        var rc = value switch
        {
            null or DBNull => raw.sqlite3_bind_null(Statement, place),
            string text => Bind(place, text),
            long number => raw.sqlite3_bind_int64(Statement, place, number),
            byte[] bytes => raw.sqlite3_bind_blob(Statement, place, bytes),
            bool flag => raw.sqlite3_bind_int64(Statement, place, flag ? 1 : 0),
            short smaller => raw.sqlite3_bind_int64(Statement, place, smaller),
            double real => raw.sqlite3_bind_double(Statement, place, real),
            int small => raw.sqlite3_bind_int64(Statement, place, small),
            _ => throw new NotSupportedException($"A value of type {value.GetType().Name} has no stored form."),
        };
        SqliteException.ThrowExceptionForRC(rc, db);
    }

    private int Bind(int place, string text)
    {
        const int little = 512;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= little)
        {
            Span<byte> here = stackalloc byte[little];
            return raw.sqlite3_bind_text(Statement, place, here[..Encoding.UTF8.GetBytes(text, here)]);
        }
        var rented = ArrayPool<byte>.Shared.Rent(most);
        try { return raw.sqlite3_bind_text(Statement, place, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented))); }
        finally { ArrayPool<byte>.Shared.Return(rented); }
    }

    private IEnumerable<int> Columns => Enumerable.Range(0, raw.sqlite3_column_count(Statement));

    private static Type? Declared(string? type) => type?.ToUpperInvariant() switch
    {
        null or "" => null,
        var t when t.Contains("INT", StringComparison.Ordinal) => typeof(long),
        var t when t.Contains("REAL", StringComparison.Ordinal) => typeof(double),
        var t when t.Contains("BLOB", StringComparison.Ordinal) => typeof(byte[]),
        _ => typeof(string),
    };
}
