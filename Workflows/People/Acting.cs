using Crm.Workflows.Contracts;

namespace Crm.Workflows.People;

/// <summary>What came of an act on a task or an approval: a new state with what happened, or a refusal whose code has a text. A refusal changes nothing.</summary>
internal sealed record Acted<TState, TEvent>(TState State, IReadOnlyList<TEvent> Events, Message? Refused = null)
{
    /// <summary>Form or checklist keys that the refusal is about, each with its own code.</summary>
    public IReadOnlyList<(string Key, string Code)> Fields { get; init; } = [];
}
