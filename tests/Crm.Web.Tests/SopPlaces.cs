using System.Text.Json.Nodes;
using Crm.Testing;

namespace Crm.Web.Tests;

/// <summary>The pages of SOPs with something on them: versions to compare, a replay that has run, runs that broke.</summary>
internal static class SopPlaces
{
    private const string Key = "lead-assignment", Broken = "erp-sync";

    /// <summary>Where a route of SOPs leads; null for other routes.</summary>
    public static async Task<IReadOnlyList<Place>?> OfAsync(string route, TestClient admin, TestUser who)
    {
        switch (route)
        {
            case "sops/:key":
                return
                [
                    new(route, "/sops/quote-approval", who, Shows: ".flow-step"),
                    new("sop-edit", $"/sops/{Key}?edit=1&step=contact", who, Shows: ".design-body"),
                    .. new[] { "figures", "runs", "quotas", "versions", "json" }.Select(tab => new Place($"sop-{tab}", $"/sops/{Key}?tab={tab}", who)),
                ];
            case "sops/:key/compare": return [new(route, $"/sops/{Key}/compare?from=1&to=2", who, Shows: ".change-after, .mark-changed")];
            case "sops/:key/trial": return [new(route, $"/sops/{Key}/trial?record={await FirstAsync(admin, "leads")}", who, ".trial-setup > button.ant-btn-primary", ".trial-effects")];
            case "sops/:key/replay":
                return [new("sop-replay-new", $"/sops/{Key}/replay", who), new(route, $"/sops/{Key}/replay?id={await ReplayAsync(admin)}", who, Shows: ".replay-case"),
                    new("sop-replay-flow", $"/sops/{Key}/replay?id={await ReplayAsync(admin)}", who, ".replay-bar .ant-segmented-item:nth-child(2)", ".flow-count")];
            case "runs": return [new(route, "/runs", who), new("incidents", "/runs?tab=incidents", who, Shows: ".cause")];
            case "runs/:id": return [new(route, $"/runs/{await FirstAsync(admin, $"runs?sop={Key}")}", who, Shows: ".flow-step")];
            default: return null;
        }
    }

    public static async Task FillAsync(TestClient admin)
    {
        var sop = await admin.GetJson($"sops/{Key}");
        if (sop.GetProperty("version").GetInt32() == 1)
        {
            var draft = JsonNode.Parse(sop.GetProperty("definition").GetRawText())!;
            Step(draft["steps"], "contact")!["inputs"]!["due"] = JsonNode.Parse("""{"in":{"business":"PT2H"}}""");
            await admin.PutJson($"sops/{Key}", draft);
            await admin.PostJson($"sops/{Key}/publish", new { note = "首次联系改为 2 个工作小时" });
        }
        if ((await admin.GetJson($"runs?sop={Broken}")).GetProperty("items").GetArrayLength() > 0) return;
        await BreakAsync(admin);
    }

    private static JsonObject? Step(JsonNode? node, string id) => node switch
    {
        JsonObject step when step["id"] is JsonValue own && own.ToString() == id => step,
        JsonObject other => other.Select(p => Step(p.Value, id)).FirstOrDefault(s => s is not null),
        JsonArray list => list.Select(n => Step(n, id)).FirstOrDefault(s => s is not null),
        _ => null,
    };

    /// <summary>An SOP whose first step may not reach where it wants to, begun once.</summary>
    private static async Task BreakAsync(TestClient admin)
    {
        await admin.PutJson($"sops/{Broken}", new
        {
            key = Broken,
            name = new { zh = "同步到 ERP", en = "Send to the ERP" },
            record = "lead",
            triggers = new object[] { new { kind = "button", inputs = new { label = new { zh = "同步", en = "Send" } } } },
            steps = new object[] { new { id = "push", kind = "http", name = new { zh = "推送线索", en = "Push the lead" }, inputs = new { method = "POST", url = "http://10.0.0.9/leads" } } },
        });
        await admin.PostJson($"sops/{Broken}/publish", new { note = "" });
        await admin.PostJson($"sops/{Broken}/start", new { recordId = await FirstAsync(admin, "leads") }, 201);
        await HostProcess.UntilAsync(async () => (await admin.GetJson($"runs?sop={Broken}&state=incident")).GetProperty("items").GetArrayLength() > 0, "the incident");
    }

    private static async Task<string> ReplayAsync(TestClient admin)
    {
        var known = (await admin.GetJson($"sops/{Key}/replays")).GetProperty("items");
        if (known.GetArrayLength() > 0) return known[0].GetProperty("id").GetString()!;
        var replay = (await admin.PostJson($"sops/{Key}/replay", new { version = "2", from = DateTime.UtcNow.AddDays(-30), to = DateTime.UtcNow.AddDays(1) }, 202)).GetProperty("id").GetString()!;
        await HostProcess.UntilAsync(async () => (await admin.GetJson($"replays/{replay}")).GetProperty("state").GetString() == "done", "the replay");
        return replay;
    }

    private static async Task<string> FirstAsync(TestClient admin, string list)
    {
        // what the host does in its own time
        await HostProcess.UntilAsync(async () => (await admin.GetJson(list)).GetProperty("items").GetArrayLength() > 0, list);
        return (await admin.GetJson(list)).GetProperty("items")[0].GetProperty("id").GetString()!;
    }
}
