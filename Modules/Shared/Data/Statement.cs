using System.Data;

namespace Crm.Shared.Data;

/// <summary>SQL that runs again and again in a session: prepared once, then only given values.</summary>
/// <param name="parameters">In the order in which values come. The type is named where an engine cannot tell it from an empty value or would take another.</param>
public sealed class Statement(string sql, IReadOnlyList<(string Name, DbType? Type)> parameters)
{
    public string Sql { get; } = sql;
    public IReadOnlyList<(string Name, DbType? Type)> Parameters { get; } = parameters;
    internal string Table { get; } = WrittenBy(sql);

    /// <summary>An insert of one row into the columns, in their order.</summary>
    public static Statement Insert(string table, IReadOnlyList<(string Name, DbType? Type)> columns) =>
        new($"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ({string.Join(", ", columns.Select(c => "@" + c.Name))})", columns);

    /// <summary>The same unless a row meets <paramref name="exists"/>.</summary>
    public static Statement InsertUnless(string table, IReadOnlyList<(string Name, DbType? Type)> columns, string exists) =>
        new(InsertUnless(table, string.Join(", ", columns.Select(c => c.Name)), string.Join(", ", columns.Select(c => "@" + c.Name)), exists), columns);

    internal static string InsertUnless(string table, string columns, string values, string exists) =>
        $"INSERT INTO {table} ({columns}) SELECT {values} WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {exists})";

    /// <summary>The table that a statement writes, empty where it writes none.</summary>
    internal static string WrittenBy(string sql)
    {
        foreach (var verb in Verbs)
            if (sql.StartsWith(verb, StringComparison.Ordinal))
            {
                var rest = sql.AsSpan(verb.Length);
                var end = rest.IndexOfAny(" (\r\n");
                return (end < 0 ? rest : rest[..end]).ToString();
            }
        return "";
    }

    private static readonly string[] Verbs = ["UPDATE ", "INSERT INTO ", "DELETE FROM "];
}

/// <summary>A part of a transaction failed after it had begun to write: whoever began it has to undo it.</summary>
public sealed class HalfDone(Exception why) : Exception(why.Message, why);

/// <summary>The server ended the transaction on its own account; all of it is to be done again.</summary>
public sealed class TransactionLost() : Exception("The server has ended the transaction.");
