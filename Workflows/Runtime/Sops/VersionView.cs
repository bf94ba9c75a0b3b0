using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>Published versions as the API shows them.</summary>
internal sealed class VersionView(Session session, SopBook book, IDirectory directory, CurrentActor current)
{
    /// <summary>The newest first.</summary>
    public async Task<JsonObject> ListAsync(string key, int? after, int? limit, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        if (await book.FindAsync(key, ct) is null) throw Problem.NotFound("sop", key);
        var n = Showing.Limit(limit);
        var rows = await session.QueryAsync<VersionRow>($"""
            SELECT number, note, published_at, published_by_id, retired_at FROM workflows_version WHERE sop_key = @key {(after is null ? "" : "AND number < @after")}
            ORDER BY number DESC {session.Dialect.Limit("@n")}
            """, new { key, after, n = n + 1 }, ct);
        var view = await directory.ReadAsync(ct);
        return Showing.Page(rows.Take(n).Select(v => Show(v, view)), rows.Count > n ? $"{rows[n - 1].Number}" : null);
    }

    public async Task<JsonObject> OneAsync(string key, int number, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        var row = await RowAsync(key, number, ct);
        var json = Show(row, await directory.ReadAsync(ct));
        json["definition"] = JsonNode.Parse(row.Definition);
        return json;
    }

    public async Task<JsonElement> DefinitionAsync(string key, int number, CancellationToken ct) =>
        JsonSerializer.Deserialize<JsonElement>((await RowAsync(key, number, ct)).Definition);

    public static JsonObject Show(VersionRow version, DirectoryView view) => new()
    {
        ["version"] = version.Number,
        ["publishedAt"] = Showing.Node(version.PublishedAt),
        ["publishedBy"] = Showing.Person(view, version.PublishedById),
        ["note"] = version.Note,
        ["retiredAt"] = Showing.Node(version.RetiredAt),
    };

    private async Task<VersionRow> RowAsync(string key, int number, CancellationToken ct) => await book.VersionAsync(key, number, ct) ?? throw Problem.NotFound("version", $"{key} {number}");
}
