using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Host.Api.Records;

/// <summary>One box that finds records of all types: a few of each that the caller may read.</summary>
internal static class SearchEndpoint
{
    private const int PerType = 5;
    private const int Longest = 100;

    public static void MapSearch(this IEndpointRouteBuilder api) => api.MapGet("/search", SearchAsync).WithTags("search").WithSummary("A few records of each type that contain the words");

    private static async Task<IResult> SearchAsync(HttpContext http, IRecords records, ICatalogueSource source, CurrentActor actor)
    {
        var words = RecordQueryBinding.Text(http.Request, "q")?.Trim() ?? "";
        if (words.Length > Longest) throw Problem.Invalid("q", "field.tooLong", Longest, words.Length);
        var groups = new JsonArray();
        foreach (var type in words.Length == 0 ? [] : source.Current.Types.Where(t => RecordEndpoints.IsServed(t) && t.Fields.Any(f => f.Searchable) && actor.Value.Can(t.Permission("read"))))
        {
            var page = await records.ListAsync(new RecordQuery(type.Key) { Search = words, Limit = PerType }, http.RequestAborted);
            if (page.Items.Count == 0) continue;
            groups.Add(new JsonObject
            {
                ["type"] = type.Key,
                ["plural"] = type.Plural,
                ["items"] = new JsonArray([.. page.Items.Select(r => new JsonObject { ["id"] = r.Id.ToString(), ["name"] = r.Name, ["number"] = r.Text("number") })]),
                ["more"] = page.Next is not null,
            });
        }
        return Results.Json(new JsonObject { ["groups"] = groups });
    }
}
