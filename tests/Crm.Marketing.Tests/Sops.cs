using System.Text.Json;
using Crm.Testing;

namespace Crm.Marketing.Tests;

/// <summary>SOPs of these tests, published through the API, and what came of them.</summary>
internal static class Sops
{
    public static async Task PublishAsync(this TestCrm crm, string key, string triggers, string steps, string record = "lead")
    {
        await crm.Admin.PutJson($"sops/{key}", Sop(key, triggers, steps, record));
        await crm.Admin.PostJson($"sops/{key}/publish");
    }

    public static string Sop(string key, string triggers, string steps, string record = "lead") =>
        $$"""{"key":"{{key}}","name":{"zh":"试","en":"Try"},"record":"{{record}}","triggers":{{triggers}},"steps":{{steps}}}""";

    /// <summary>Runs of an SOP by the name of their record, oldest first.</summary>
    public static Task<IReadOnlyList<string>> RunsAsync(this TestCrm crm, string key) => crm.ListAsync<string>("SELECT record_name FROM workflows_run WHERE sop_key = @key ORDER BY id", new { key });

    public static Task<IReadOnlyList<T>> ListAsync<T>(this TestCrm crm, string sql, object? args = null) =>
        crm.RunAsync(s => ((Crm.Shared.Data.Session)s.GetService(typeof(Crm.Shared.Data.Session))!).QueryAsync<T>(sql, args, default));

    public static async Task<string[]> MembersAsync(this TestCrm crm, Guid segment) =>
        [.. (await crm.Admin.GetJson($"segments/{segment}/members")).GetProperty("items").EnumerateArray().Select(m => m.GetProperty("name").GetString()!).Order()];

    public static object Filter(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
