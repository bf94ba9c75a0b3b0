using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Shared.Data;

/// <summary>Teaches Dapper the forms of <see cref="Stored"/>. Dapper keeps handlers per process, and they are the same for every database.</summary>
internal static class TypeHandlers
{
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Lists of nearly the same length are one statement to an engine.
        SqlMapper.Settings.PadListExpansions = true;
        foreach (var type in new[] { typeof(Guid), typeof(Guid?), typeof(DateTime), typeof(DateTime?), typeof(DateOnly), typeof(DateOnly?), typeof(decimal), typeof(decimal?) })
            SqlMapper.RemoveTypeMap(type);
        SqlMapper.AddTypeHandler(typeof(Guid), new IdHandler());
        SqlMapper.AddTypeHandler(typeof(DateTime), new TimeHandler());
        SqlMapper.AddTypeHandler(typeof(DateOnly), new DateHandler());
        SqlMapper.AddTypeHandler(typeof(decimal), new Handler<decimal>(DbType.Int64, d => Stored.Decimal(d), value => Stored.Decimal(Convert.ToInt64(value, CultureInfo.InvariantCulture))));
    }

    /// <summary>Names the type for empty values too: SQL Server takes an untyped NULL for text, which it does not turn into an id.</summary>
    private class Handler<T>(DbType type, Func<T, object> write, Func<object, object> read) : SqlMapper.ITypeHandler
    {
        public virtual void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = type;
            parameter.Value = value is T filled ? write(filled) : DBNull.Value;
        }

        // A query for one nullable column hands its empty values here too.
        public object Parse(Type destinationType, object value) => value is DBNull ? null! : read(value);
    }

    private sealed class IdHandler() : Handler<Guid>(DbType.Binary, id => Stored.Id(id), value => Stored.Id((byte[])value))
    {
        public override void SetValue(IDbDataParameter parameter, object value)
        {
            base.SetValue(parameter, value);
            // An empty id is as long as any: one statement to the server, not two.
            parameter.Size = Stored.IdBytes;
        }
    }

    private sealed class TimeHandler() : Handler<DateTime>(DbType.DateTime2, t => t, value => value is string text ? Stored.Time(text) : DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc))
    {
        public override void SetValue(IDbDataParameter parameter, object value)
        {
            if (parameter is SqliteParameter) parameter.Value = value is DateTime time ? Stored.Time(time) : DBNull.Value;
            else base.SetValue(parameter, value);
        }
    }

    private sealed class DateHandler() : Handler<DateOnly>(DbType.Date, d => d.ToDateTime(TimeOnly.MinValue), value => value is string text ? Stored.Date(text) : DateOnly.FromDateTime((DateTime)value))
    {
        public override void SetValue(IDbDataParameter parameter, object value)
        {
            if (parameter is SqliteParameter) parameter.Value = value is DateOnly day ? Stored.Date(day) : DBNull.Value;
            else base.SetValue(parameter, value);
        }
    }
}
