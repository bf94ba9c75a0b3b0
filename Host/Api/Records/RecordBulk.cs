using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Host.Api.Records;

/// <summary>One act on many records: <c>changes</c> or <c>delete: true</c>.</summary>
internal sealed record BulkRequest(IReadOnlyList<Guid> Ids, Dictionary<string, JsonElement>? Changes, bool Delete);

/// <summary>Each record stands for itself, in a transaction of its own: those that may be changed are, the others say why not.</summary>
internal sealed class RecordBulk(IServiceScopeFactory scopes, CurrentActor actor, Texts texts)
{
    private const int Most = 200;

    public async Task<IResult> RunAsync(string type, BulkRequest request, CancellationToken ct)
    {
        if (request.Ids is not { Count: > 0 and <= Most }) throw Problem.Invalid("ids", "bulk.ids", Most);
        if (request.Delete == (request.Changes is not null)) throw Problem.Invalid("changes", "bulk.act");
        var results = new JsonArray();
        foreach (var id in request.Ids.Distinct()) results.Add(await OneAsync(type, id, request, ct));
        var failed = results.Count(r => r!["ok"]!.GetValue<bool>() == false);
        return Results.Json(new JsonObject { ["results"] = results, ["done"] = results.Count - failed, ["failed"] = failed });
    }

    private async Task<JsonObject> OneAsync(string type, Guid id, BulkRequest request, CancellationToken ct)
    {
        var result = new JsonObject { ["id"] = id.ToString(), ["ok"] = true };
        try
        {
            if (await scopes.ApartAsync(actor.Value, services => ActAsync(services.GetRequiredService<IRecords>(), type, id, request, ct)) is { } version) result["version"] = version;
        }
        catch (Problem problem)
        {
            result["ok"] = false;
            result["problem"] = problem.Document(texts, actor.Value.Locale);
        }
        return result;
    }

    private static async Task<long?> ActAsync(IRecords records, string type, Guid id, BulkRequest request, CancellationToken ct)
    {
        if (!request.Delete) return (await records.UpdateAsync(type, id, RecordEdge.Values(request.Changes!), WriteOptions.None, ct)).Version;
        await records.DeleteAsync(type, id, WriteOptions.None, ct);
        return null;
    }
}
