namespace Crm.Workflows.Definition;

/// <summary>Kinds that the engine itself knows; every other kind is an <see cref="Act"/>.</summary>
internal static class StepKinds
{
    public static IReadOnlyDictionary<string, Type> Types { get; } = new Dictionary<string, Type>
    {
        ["branch"] = typeof(Branch),
        ["parallel"] = typeof(ParallelStep),
        ["forEach"] = typeof(ForEach),
        ["repeat"] = typeof(Repeat),
        ["wait"] = typeof(Wait),
        ["waitFor"] = typeof(WaitFor),
        ["call"] = typeof(Call),
        ["end"] = typeof(End),
        ["task"] = typeof(TaskStep),
        ["approval"] = typeof(ApprovalStep),
    };
}
