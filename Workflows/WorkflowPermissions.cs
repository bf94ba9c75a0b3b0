using Crm.Shared.Access;

namespace Crm.Workflows;

/// <summary>Acts of the workflow engine that roles may allow.</summary>
internal sealed class WorkflowPermissions : IPermissions
{
    public const string ReadSops = "sop.read", ManageSops = "sop.manage", ReadRuns = "run.read", ManageRuns = "run.manage";

    public IEnumerable<Permission> Permissions =>
    [
        new(ReadSops, new("查看流程", "See SOPs"), BuiltInRole.SalesOps, BuiltInRole.SalesDirector, BuiltInRole.SalesManager),
        new(ManageSops, new("编辑和发布流程", "Edit and publish SOPs"), BuiltInRole.SalesOps),
        new(ReadRuns, new("查看流程运行", "See runs of SOPs"), BuiltInRole.SalesOps, BuiltInRole.SalesDirector, BuiltInRole.SalesManager),
        new(ManageRuns, new("处理流程异常", "Mend runs of SOPs"), BuiltInRole.SalesOps),
    ];
}

internal static class PermissionCheck
{
    public static void Require(this CurrentActor actor, string permission)
    {
        if (!actor.Value.Can(permission)) throw Shared.Problems.Problem.Forbidden(permission);
    }

    /// <summary>The signed-in person; programs without one have no tasks.</summary>
    public static Guid Person(this CurrentActor actor) => actor.Value.UserId ?? throw Shared.Problems.Problem.Forbidden("user");
}
