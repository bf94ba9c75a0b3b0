using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using Dapper;

namespace Crm.Shared.Data;

/// <summary>Dapper expands <c>IN @ids</c> without asking its type handlers, so ids in lists would be compared as text and never match; here they become bytes first.</summary>
internal static class IdLists
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]?> Known = new();

    public static object? Prepare(object? args)
    {
        if (args is null or DynamicParameters or IDictionary<string, object> or IDictionary<string, object?>) return args;
        if (Known.GetOrAdd(args.GetType(), PropertiesWithIds) is not { } properties) return args;
        var prepared = new DynamicParameters();
        foreach (var property in properties)
        {
            var value = property.GetValue(args);
            // An empty id must still say that it is one; see TypeHandlers.
            if (value is null && property.PropertyType == typeof(Guid?)) prepared.Add(property.Name, null, DbType.Binary, size: Stored.IdBytes);
            else prepared.Add(property.Name, value is IEnumerable<Guid> ids ? ids.Select(Stored.Id).ToArray() : value);
        }
        return prepared;
    }

    private static PropertyInfo[]? PropertiesWithIds(Type type)
    {
        // A list of argument sets is one statement run many times; those carry single ids only.
        if (typeof(System.Collections.IEnumerable).IsAssignableFrom(type)) return null;
        var all = type.GetProperties().Where(p => p.GetIndexParameters().Length == 0).ToArray();
        return all.Any(p => typeof(IEnumerable<Guid>).IsAssignableFrom(p.PropertyType)) ? all : null;
    }
}
