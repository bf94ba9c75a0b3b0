using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Workflows.Runtime.Hooks;

/// <summary>The secret address of an SOP: shown once, kept as a hash; a new one ends the old.</summary>
internal sealed class HookTokens(Session session, CurrentActor current, CrmOptions options, TimeProvider time)
{
    public async Task<JsonObject> ShowAsync(string sop, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        var row = await session.FirstAsync<Row>("SELECT sop_key, created_at FROM workflows_hook WHERE sop_key = @sop", new { sop }, ct);
        return new() { ["sop"] = sop, ["createdAt"] = Showing.Node(row?.CreatedAt) };
    }

    /// <summary>The one time that the address is told.</summary>
    public Task<JsonObject> RenewAsync(string sop, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        current.Require(WorkflowPermissions.ManageSops);
        if (await session.FirstAsync<int?>("SELECT 1 FROM workflows_sop WHERE sop_key = @sop", new { sop }, ct) is null) throw Problem.NotFound("sop", sop);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var row = new { sop, hash = Hash(token), now = time.UtcNow(), by = current.Value.UserId };
        if (await session.ExecuteAsync("UPDATE workflows_hook SET hash = @hash, created_at = @now, created_by_id = @by WHERE sop_key = @sop", row, ct) == 0)
            await session.ExecuteAsync("INSERT INTO workflows_hook (sop_key, hash, created_at, created_by_id) VALUES (@sop, @hash, @now, @by)", row, ct);
        return new JsonObject { ["sop"] = sop, ["createdAt"] = Showing.Node(row.now), ["url"] = $"{options.PublicUrl.TrimEnd('/')}/api/v1/hooks/{token}" };
    }, ct);

    public Task RemoveAsync(string sop, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        return session.InTransactionAsync(() => session.ExecuteAsync("DELETE FROM workflows_hook WHERE sop_key = @sop", new { sop }, ct), ct);
    }

    /// <summary>The SOP that the token opens. Where rows can be locked it is: two calls at once take turns, so that the same key finds what the first did.</summary>
    public async Task<string?> SopAsync(string token, CancellationToken ct)
    {
        var hash = Hash(token);
        if (session.Dialect.LocksRows) await session.ExecuteAsync("UPDATE workflows_hook SET created_at = created_at WHERE hash = @hash", new { hash }, ct);
        return await session.FirstAsync<string>("SELECT sop_key FROM workflows_hook WHERE hash = @hash", new { hash }, ct);
    }

    // A token has 256 bits: a plain hash of it cannot be guessed back.
    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private sealed class Row
    {
        public string SopKey { get; init; } = "";
        public DateTime CreatedAt { get; init; }
    }
}
