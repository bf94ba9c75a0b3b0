using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>Who has an SOP's draft open: each window of the designer says so while it is open, so that two who work on the same draft know of one another.</summary>
internal sealed class Editors(Session session, IDirectory directory, ILive live, CurrentActor current, TimeProvider time)
{
    /// <summary>A window that was silent for so long is gone.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromMinutes(1);

    public Task<JsonObject> HereAsync(string key, Guid window, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        var (now, user) = (time.UtcNow(), current.Person());
        return session.InTransactionAsync(async () =>
        {
            await session.ExecuteAsync("DELETE FROM workflows_editor WHERE sop_key = @key AND seen_at < @old", new { key, old = now - Silent }, ct);
            if (await session.ExecuteAsync("UPDATE workflows_editor SET seen_at = @now WHERE sop_key = @key AND window_id = @window AND user_id = @user", new { key, window, user, now }, ct) == 0)
            {
                await session.InsertUnlessAsync("workflows_editor", "sop_key, window_id, user_id, since, seen_at", "@key, @window, @user, @now, @now", "sop_key = @key AND window_id = @window", new { key, window, user, now }, ct);
                Tell();
            }
            return await OthersAsync(key, window, ct);
        }, ct);
    }

    public Task LeftAsync(string key, Guid window, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        return session.InTransactionAsync(async () =>
        {
            if (await session.ExecuteAsync("DELETE FROM workflows_editor WHERE sop_key = @key AND window_id = @window AND user_id = @user", new { key, window, user = current.Person() }, ct) > 0) Tell();
        }, ct);
    }

    private async Task<JsonObject> OthersAsync(string key, Guid window, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        var rows = await session.QueryAsync<Row>("SELECT user_id, since FROM workflows_editor WHERE sop_key = @key AND window_id <> @window ORDER BY since, window_id", new { key, window }, ct);
        return Showing.Page(rows.Select(r => (JsonNode)new JsonObject { ["person"] = Showing.Person(view, r.UserId), ["me"] = r.UserId == current.Value.UserId, ["since"] = Showing.Node(r.Since) }), null);
    }

    private void Tell() => session.AfterCommit(() => live.TellReaders(new("editing", "sop", null, "updated")));

    private sealed class Row
    {
        public Guid UserId { get; init; }
        public DateTime Since { get; init; }
    }
}
