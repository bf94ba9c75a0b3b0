using Crm.Workflows.Contracts;
using Crm.Workflows.Definition.Described;

namespace Crm.Workflows.Definition;

/// <summary>All step kinds: those the engine leads itself and those that act, of ours and of modules.</summary>
internal sealed class StepCatalogue
{
    /// <summary>Kinds whose walk the engine knows.</summary>
    public static IReadOnlyList<StepDescription> Engine { get; } =
        [Control.Branch, Control.Parallel, Control.ForEach, Control.Repeat, Control.Wait, Control.WaitFor, Control.Call, Control.End, ForPeople.Task, ForPeople.Approval];

    private readonly Dictionary<string, StepDescription> byKind;

    /// <param name="acting">Descriptions of the registered <see cref="IStep"/>s.</param>
    public StepCatalogue(IEnumerable<StepDescription> acting)
    {
        All = [.. Engine, .. acting];
        byKind = All.ToDictionary(d => d.Kind);
    }

    public IReadOnlyList<StepDescription> All { get; }

    public StepDescription? Find(string kind) => byKind.GetValueOrDefault(kind);
}
