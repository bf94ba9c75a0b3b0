using Crm.Shared.Records;

namespace Crm.Shared.Settings;

/// <summary>Implemented by a module to declare settings of the company. A setting is a <see cref="Field"/>: its type, options, limits and default hold for it.</summary>
public interface ISettingFields
{
    /// <summary>Keys carry the module's name first: <c>leadsDefaultOwner</c>.</summary>
    IEnumerable<Field> Fields { get; }
}

/// <summary>What administrators have set. Scoped.</summary>
public interface ISettings
{
    /// <summary>The value in the field's CLR type, its default where nobody set it, null where there is none.</summary>
    ValueTask<object?> ReadAsync(string key, CancellationToken ct);
}
