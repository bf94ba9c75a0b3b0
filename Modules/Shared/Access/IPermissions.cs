using Crm.Shared.Records;

namespace Crm.Shared.Access;

/// <summary>Something a role may allow: <c>lead.import</c>, <c>sop.manage</c>.</summary>
/// <param name="Roles">Built-in roles that hold it as shipped. Administrators hold everything.</param>
public sealed record Permission(string Key, Label Label, params string[] Roles);

/// <summary>Implemented by a module to declare its acts. <c>{type}.read|create|update|delete|sensitive|import|export</c> exist for every record type by themselves; naming one of them here grants it to built-in roles.</summary>
public interface IPermissions
{
    IEnumerable<Permission> Permissions { get; }
}

/// <summary>Keys of the built-in roles.</summary>
public static class BuiltInRole
{
    public const string Administrator = "administrator";
    public const string SalesOps = "salesOps";
    public const string SalesDirector = "salesDirector";
    public const string SalesManager = "salesManager";
    public const string Rep = "rep";
    public const string ServiceAgent = "serviceAgent";
    public const string Marketing = "marketing";
    public const string Approver = "approver";
}
