using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Runtime.Starts;

/// <summary>What triggers told the runs they started. Kept beside the runs: most have none, and few turns look.</summary>
internal sealed class Payloads(Session session)
{
    public Task AddAsync(Guid run, JsonObject payload, CancellationToken ct) =>
        session.ExecuteAsync("INSERT INTO workflows_payload (run_id, payload) VALUES (@run, @payload)", new { run, payload = payload.ToJsonString(ContractJson.Options) }, ct);

    public async Task<JsonObject?> OfAsync(Guid run, CancellationToken ct) =>
        await session.FirstAsync<string>("SELECT payload FROM workflows_payload WHERE run_id = @run", new { run }, ct) is { } json ? JsonNode.Parse(json) as JsonObject : null;
}
