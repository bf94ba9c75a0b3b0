using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Data;

namespace Crm.Shared.Problems;

/// <summary>Refusals as RFC 9457 documents.</summary>
public static class ProblemDocument
{
    public static JsonObject Document(this Problem problem, Texts texts, string locale)
    {
        var json = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = texts.Get(locale, problem.Code, problem.Args),
            ["status"] = problem.Status,
            ["code"] = problem.Code,
        };
        if (problem.Errors.Count > 0)
        {
            json["detail"] = string.Join("; ", problem.Errors.Take(5).Select(e => texts.Get(locale, e.Code, e.Args)));
            json["errors"] = new JsonArray([.. problem.Errors.Select(e => new JsonObject { ["field"] = e.Field, ["code"] = e.Code, ["message"] = texts.Get(locale, e.Code, e.Args) })]);
        }
        foreach (var (name, value) in problem.More) json[name] = value as JsonNode ?? JsonSerializer.SerializeToNode(value, Stored.Json);
        return json;
    }
}
