using System.Collections;
using System.Data.Common;
using SQLitePCL;

namespace Crm.Shared.Data.Sqlite;

/// <summary>The rows of a running statement, as far as Dapper and the record store read them.</summary>
internal sealed class Rows : DbDataReader
{
    private readonly Prepared prepared;
    private readonly sqlite3_stmt statement;
    private readonly bool any;
    private bool begun, done, closed;

    /// <summary>Runs the statement up to its first row, so that it fails where it is executed and not where it is read.</summary>
    public Rows(Prepared prepared)
    {
        (this.prepared, statement) = (prepared, prepared.Statement);
        any = prepared.Step();
    }

    public override int FieldCount => prepared.Names.Length;
    public override bool HasRows => any;
    public override bool IsClosed => closed;
    public override int Depth => 0;
    public override int RecordsAffected => -1;
    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (done) return false;
        var row = begun ? prepared.Step() : any;
        begun = true;
        done = !row;
        return row;
    }

    public override bool NextResult() => false;

    public override object GetValue(int ordinal) => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_NULL => DBNull.Value,
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, ordinal),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, ordinal).ToArray(),
        _ => GetString(ordinal),
    };

    public override bool IsDBNull(int ordinal) => raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_NULL;
    public override string GetString(int ordinal) => raw.sqlite3_column_text(statement, ordinal).utf8_to_string();
    public override long GetInt64(int ordinal) => raw.sqlite3_column_int64(statement, ordinal);
    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));
    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));
    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));
    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;
    public override double GetDouble(int ordinal) => raw.sqlite3_column_double(statement, ordinal);
    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override string GetName(int ordinal) => prepared.Names[ordinal];
    public override Type GetFieldType(int ordinal) => prepared.TypeOf(ordinal);
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;
    public override int GetOrdinal(string name) => Array.FindIndex(prepared.Names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    // How these lie at rest is for Stored to say, not for a reader.
    public override decimal GetDecimal(int ordinal) => throw new NotSupportedException();
    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();
    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();
    public override char GetChar(int ordinal) => throw new NotSupportedException();
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();
    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed) prepared.Reset();
        closed = true;
        base.Dispose(disposing);
    }
}
