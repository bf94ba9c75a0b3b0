using Crm.Testing;

namespace Crm.Workflows.Tests.Api;

/// <summary>What is wrong with what was sent is said with the field's name; nothing of it is done, cut or passed over.</summary>
internal sealed class WrongInputTests
{
    private const string Steps = """[{"id":"end","kind":"end","inputs":{}}]""";

    private Firm firm = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        firm = await Firm.StartAsync();
        await firm.Ops.PutJson("sops/wrong", Sop(Steps));
    }

    [OneTimeTearDown]
    public async Task Stop() => await firm.DisposeAsync();

    [TestCase("tasks", """{"title":"x","recordType":"nosuch","recordId":"00000000-0000-0000-0000-000000000001"}""", "recordType", "field.option")]
    [TestCase("work", """{"act":"snooze","items":[null]}""", "items", "field.required")]
    [TestCase("sops/wrong/trial", """{"values":{"name":"x"},"choices":[null]}""", "choices[0]", "field.required")]
    [TestCase("sops/wrong/trial", """{"values":{"name":"x"},"start":"0001-01-01T00:00:00Z"}""", "start", "trial.farTime")]
    [TestCase("sops/wrong/trial", """{"values":{"name":"x"},"start":"2101-06-01T00:00:00Z"}""", "start", "trial.farTime")]
    [TestCase("sops/wrong/trial", """{"values":{"name":"x"},"choices":[{"do":"time","when":"9999-12-31T23:59:59Z"}]}""", "choices[0].when", "trial.farTime")]
    [TestCase("sops/wrong/trial", """{"values":{"name":"x"},"definition":[]}""", "definition", "sop.notObject")]
    [TestCase("sops/wrong/replay", """{"from":"2026-03-01T00:00:00Z","to":"2026-03-02T00:00:00Z","definition":"x"}""", "definition", "sop.notObject")]
    [TestCase("sops/wrong/replay", """{"from":"2026-02-01T00:00:00Z","to":"2026-03-02T00:00:00Z","filter":"x"}""", "filter", "filter.shape")]
    [TestCase("sops/wrong/replay", """{"from":"2026-02-01T00:00:00Z","to":"2026-03-02T00:00:00Z","filter":[]}""", "filter", "filter.shape")]
    [TestCase("leads", """{"name":"甲","phone":"1","name":"乙"}""", "name", "field.double")]
    [TestCase("tasks", """{"title":"x","title":"y"}""", "title", "field.double")]
    [TestCase("sops/wrong/validate", """{"key":"wrong","steps":[],"key":"other"}""", "key", "field.double")]
    public async Task It_is_named(string path, string body, string field, string code) =>
        (await firm.Ops.SendAsync(HttpMethod.Post, path, body)).Is(400).Errors.ShouldContainKeyAndValue(field, code);

    [Test]
    public async Task A_note_that_is_too_long_is_refused_and_not_cut()
    {
        var note = new string('长', 4001);
        (await firm.Rep.SendAsync(HttpMethod.Post, "tasks", new { title = "x", note })).Is(400).Errors.ShouldContainKeyAndValue("note", "field.tooLong");
        var task = await firm.Rep.CreateAsync("tasks", new { title = "x" });
        (await firm.Rep.SendAsync(HttpMethod.Post, $"tasks/{task}/reassign", new { assignee = firm.Lead.UserId, note })).Is(400).Errors.ShouldContainKeyAndValue("note", "field.tooLong");
    }

    [TestCase("""[{"id":"end","id":"other","kind":"end","inputs":{}}]""")]
    [TestCase("""[{"id":"end","kind":"end","inputs":{"reason":"\ud83d"}}]""")]
    [TestCase("""[{"id":"end","kind":"end","inputs":{"x":1,"x":2}}]""")]
    [TestCase("""[null]""")]
    public async Task What_cannot_be_read_is_refused_and_not_kept(string steps)
    {
        (await firm.Ops.SendAsync(HttpMethod.Put, "sops/broken", Sop(steps, "broken"))).Is(400);
        (await firm.Ops.SendAsync(HttpMethod.Get, "sops/broken")).Is(404);
    }

    private static string Sop(string steps, string key = "wrong") => $$"""{"key":"{{key}}","name":{"zh":"x","en":"x"},"record":"lead","triggers":[{"kind":"created"}],"steps":{{steps}}}""";
}
