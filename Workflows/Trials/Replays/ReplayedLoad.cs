using Crm.Workflows.Contracts;

namespace Crm.Workflows.Trials.Replays;

/// <summary>What the replay has given to each person so far, beside the open work of now: otherwise the same one would have the least for ever.</summary>
internal sealed class ReplayedLoad : IOpenWork
{
    public IReadOnlyDictionary<Guid, int> Given { get; set; } = new Dictionary<Guid, int>();

    public Task<IReadOnlyDictionary<Guid, int>> CountAsync(IReadOnlyCollection<Guid> users, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, int>>(Given.Count == 0 ? Given : Given.Where(g => users.Contains(g.Key)).ToDictionary());
}
