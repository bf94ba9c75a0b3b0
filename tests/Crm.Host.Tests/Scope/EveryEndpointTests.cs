namespace Crm.Host.Tests.Scope;

/// <summary>Every call of the API that takes an id, made by a rep with ids of what is not his: whatever door is tried, it is shut.</summary>
internal sealed class EveryEndpointTests
{
    /// <summary>What all colleagues may read: products and tags, who works here, when it is open, who is away.</summary>
    private static readonly HashSet<string> Everybodys =
    [
        .. from plural in new[] { "products", "tags", "users", "units", "campaigns", "segments", "mailTemplates", "discountAuthorities" } from end in new[] { "", "/timeline" } select $"GET {plural}/{{id}}{end}",
        "GET calendars/{unitId}",
        // Its members are those that the reader may see.
        "GET segments/{id}/members",
    ];

    // Whoever comes second to a lead of the pool must hear that it is gone, though he may not see it any more; hence the 409 of claim, which says nothing else.

    /// <summary>Calls that need more than an empty body before they look at the id.</summary>
    private static readonly Dictionary<string, object> Bodies = new()
    {
        ["leads/{id}/invalid"] = new { reason = "noNeed" },
        ["opportunities/{id}/move"] = new { stage = "quote" },
    };

    private Elsewhere there = null!;

    [OneTimeSetUp]
    public async Task Start() => there = await Elsewhere.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await there.DisposeAsync();

    private static IEnumerable<Call> Calls => Document.Calls.Where(c => c.Address.Contains("{id}", StringComparison.Ordinal) || c.Address.Contains("{unitId}", StringComparison.Ordinal));

    [TestCaseSource(nameof(Calls))]
    public async Task What_is_out_of_scope_is_neither_shown_nor_touched(Call call)
    {
        var (method, address) = (call.Method, call.Address);
        var path = address.Replace("{key}", "broken", StringComparison.Ordinal).Replace("{id}", there.IdAt(address), StringComparison.Ordinal).Replace("{unitId}", there.IdAt(address), StringComparison.Ordinal);
        if (method == "GET") (await there.Crm.Admin.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(System.Net.HttpStatusCode.OK, "the id is a real one");
        var before = await there.Crm.ValueAsync<long>("SELECT COUNT(*) FROM shared_change");
        var answer = await there.Rep.SendAsync(HttpMethod.Parse(method), path, method is "GET" or "DELETE" ? null : Bodies.GetValueOrDefault(address, new { }));
        ((int)answer.Status).ShouldBeOneOf(Everybodys.Contains(call.ToString()) ? [200] : address == "leads/{id}/claim" ? [409] : [403, 404], answer.Text);
        answer.Text.ShouldNotContain("西区");
        (await there.Crm.ValueAsync<long>("SELECT COUNT(*) FROM shared_change")).ShouldBe(before);
    }
}
