using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Runtime;

/// <summary>The acting steps that are registered, by kind.</summary>
internal sealed class ActingSteps(IEnumerable<IStep> steps)
{
    private readonly Dictionary<string, IStep> byKind = steps.ToDictionary(s => s.Description.Kind);

    public StepCatalogue Catalogue { get; } = new(steps.Select(s => s.Description));

    public IStep? Find(string kind) => byKind.GetValueOrDefault(kind);
}
