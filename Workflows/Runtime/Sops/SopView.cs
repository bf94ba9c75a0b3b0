using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Validation;
using Microsoft.AspNetCore.Http;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>SOPs as the API shows them.</summary>
internal sealed class SopView(Session session, SopBook book, SopCheck check, ActingSteps steps, IDirectory directory, CurrentActor current, Texts texts)
{
    /// <summary>Counting stops here: a list is to be quick also where a million runs wait.</summary>
    private const int MostCounted = 1000;

    public async Task<JsonObject> ListAsync(string? after, int? limit, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        var n = Showing.Limit(limit);
        var rows = await session.QueryAsync<SopRow>(
            $"SELECT {SopRow.Columns} FROM workflows_sop {(after is null ? "" : "WHERE sop_key > @after")} ORDER BY sop_key {session.Dialect.Limit("@n")}", new { after, n = n + 1 }, ct);
        var items = new List<JsonNode?>();
        foreach (var row in rows.Take(n)) items.Add(await SummaryAsync(row, ct));
        return Showing.Page(items, rows.Count > n ? rows[n - 1].SopKey : null);
    }

    /// <param name="version">A number, <c>draft</c>, or null for the published one, else the draft.</param>
    public async Task<JsonObject> OneAsync(string key, string? version, HttpContext http, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        var row = await book.FindAsync(key, ct) ?? throw Problem.NotFound("sop", key);
        var view = await directory.ReadAsync(ct);
        var json = await SummaryAsync(row, ct);
        json["definition"] = JsonNode.Parse(await DefinitionAsync(row, version, ct));
        json["revision"] = row.Version;
        json["versions"] = new JsonArray([.. (await book.VersionsAsync(key, ct)).Select(v => (JsonNode)VersionView.Show(v, view))]);
        var manage = current.Value.Can(WorkflowPermissions.ManageSops);
        json["can"] = new JsonObject { ["edit"] = manage, ["publish"] = manage && (row.Draft is not null || row.State != SopState.Published), ["retire"] = manage && row.State == SopState.Published };
        http.Response.Headers.ETag = Versions.ETag(row.Version);
        return json;
    }

    /// <summary>The draft that is stored, or one sent along.</summary>
    public async Task<JsonObject> ValidateAsync(string key, JsonElement? sent, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ReadSops);
        var definition = sent is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given ? given : JsonSerializer.Deserialize<JsonElement>(await book.DraftAsync(await book.FindAsync(key, ct) ?? throw Problem.NotFound("sop", key), ct));
        var problems = await check.ProblemsAsync(definition, ct);
        return new() { ["problems"] = new JsonArray([.. problems.Select(p => Show(p))]) };
    }

    public JsonNode Schema()
    {
        current.Require(WorkflowPermissions.ReadSops);
        return SopSchema.Make(steps.Catalogue);
    }

    public JsonObject Steps()
    {
        current.Require(WorkflowPermissions.ReadSops);
        return new() { ["steps"] = Showing.Node(steps.Catalogue.All), ["triggers"] = Showing.Node(TriggerKinds.All) };
    }

    public JsonObject Templates()
    {
        current.Require(WorkflowPermissions.ReadSops);
        return Showing.Page(ShippedSops.Together.Union(ShippedSops.Keys).Select(key =>
        {
            var definition = JsonSerializer.SerializeToNode(ShippedSops.Read(key))!.AsObject();
            return (JsonNode)new JsonObject { ["key"] = key, ["name"] = definition["name"]?.DeepClone(), ["about"] = definition["about"]?.DeepClone(), ["definition"] = definition };
        }), null);
    }

    private JsonObject Show(SopProblem problem) => new()
    {
        ["step"] = problem.Step,
        ["path"] = problem.Path,
        ["code"] = problem.Code,
        ["severity"] = Showing.Name(problem.Severity),
        ["message"] = problem.Said.In(texts).In(current.Value.Locale),
    };

    private async Task<string> DefinitionAsync(SopRow row, string? version, CancellationToken ct)
    {
        if (version == "draft" || version is null && row.Published is null) return await book.DraftAsync(row, ct);
        var number = version is null ? row.Published!.Value : int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : throw Problem.NotFound("sop", row.SopKey);
        return (await book.VersionAsync(row.SopKey, number, ct) ?? throw Problem.NotFound("sop", row.SopKey)).Definition;
    }

    private async Task<JsonObject> SummaryAsync(SopRow row, CancellationToken ct) => new()
    {
        ["key"] = row.SopKey,
        ["name"] = new JsonObject { ["zh"] = row.NameZh, ["en"] = row.NameEn },
        ["record"] = row.RecordType,
        ["state"] = Showing.Name(row.State),
        ["version"] = row.Published,
        ["draft"] = row.Draft is not null,
        ["openRuns"] = await CountAsync(row.SopKey, "status < 3", ct),
        ["incidents"] = await CountAsync(row.SopKey, "status = 2", ct),
        ["updatedAt"] = Showing.Node(row.UpdatedAt),
    };

    private Task<int> CountAsync(string key, string status, CancellationToken ct) => session.FirstAsync<int>(
        $"SELECT COUNT(*) FROM (SELECT id FROM workflows_run WHERE sop_key = @key AND {status} ORDER BY id {session.Dialect.Limit("@most")}) r", new { key, most = MostCounted }, ct);
}
