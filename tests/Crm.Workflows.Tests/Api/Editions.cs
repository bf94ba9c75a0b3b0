using System.Text.Json;
using Crm.Testing;

namespace Crm.Workflows.Tests.Api;

/// <summary>One SOP in several editions, started by its button, and what tests want to know of its runs.</summary>
internal sealed class Editions(Firm firm, string record = "lead")
{
    public const string Key = "edition";

    public static object Task(string id, string title = "做", object? due = null) => new { id, kind = "task", name = new { zh = id, en = id }, inputs = new { assignee = new { by = "initiator" }, title, due } };
    public static object Wait(string id, string period) => new { id, kind = "wait", inputs = new { until = new { @in = new { plain = period } } } };
    public static object Approval(string id, string stage = "boss") => new
    {
        id,
        kind = "approval",
        inputs = new { title = "批", stages = new object[] { new { key = stage, label = new { zh = "上级", en = "Superior" }, approvers = new { by = "superior" }, mode = "any" } }, fields = new[] { "name" } },
    };
    public static object Parallel(string id, params object[] steps) =>
        new { id, kind = "parallel", inputs = new { join = "all" }, paths = steps.Select((s, i) => new { id = $"w{i}", steps = new[] { s } }) };

    public object Sop(params object[] steps) => new
    {
        key = Key,
        name = new { zh = "版本", en = "Edition" },
        record,
        triggers = new object[] { new { kind = "button", inputs = new { label = new { zh = "开始", en = "Start" } } } },
        steps,
    };

    public async Task<JsonElement> PublishAsync(params object[] steps)
    {
        await firm.Ops.PutJson($"sops/{Key}", Sop(steps));
        return await firm.Ops.PostJson($"sops/{Key}/publish", new { note = "改进" });
    }

    public async Task<Guid> LeadAsync(string name = "王先生") => await firm.Rep.CreateAsync("leads", new { name, owner = firm.Rep.UserId });

    public async Task<Guid> StartAsync(Guid of)
    {
        var run = (await firm.Rep.PostJson($"sops/{Key}/start", new { recordId = of }, 201)).GetProperty("runId").GetGuid();
        await firm.Crm.RunDueAsync();
        return run;
    }

    public async Task<Guid> StartAsync() => await StartAsync(await LeadAsync());

    public Task<JsonElement> RunAsync(Guid id) => firm.Ops.GetJson($"runs/{id}");
    public async Task<string?> StateAsync(Guid id) => (await RunAsync(id)).GetProperty("state").GetString();
    public async Task<IReadOnlyList<string?>> WaitsAsync(Guid id) => [.. (await RunAsync(id)).GetProperty("waitingFor").EnumerateArray().Select(w => w.GetProperty("step").GetString())];

    public Task<JsonElement> MigrateAsync(Guid id, object? map = null) => firm.Ops.PostJson($"runs/{id}/migrate", new { map });

    /// <param name="of">The record that the task is about; the first task where left out.</param>
    public async Task CompleteAsync(TestClient client, Guid? of = null)
    {
        var task = (await client.GetJson("tasks?mine=true&state=open")).GetProperty("items").EnumerateArray().First(t => of is null || t.GetProperty("record").GetProperty("id").GetGuid() == of);
        await client.PostJson($"tasks/{task.GetProperty("id").GetString()}/complete", new { outcome = "done", answers = new { } });
        await firm.Crm.RunDueAsync();
    }
}
