using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class VersionTests
{
    [Test]
    public async Task Of_two_people_who_edit_one_record_the_second_is_shown_what_the_first_saved()
    {
        var id = await LeadAsync("两人编辑", EastRep.UserId);
        var read = await EastRep.SendAsync(HttpMethod.Get, $"leads/{id}");
        var version = read.Headers.ETag!.Tag;
        version.ShouldBe("\"1\"");
        (await EastManager.SendAsync(HttpMethod.Patch, $"leads/{id}", new { score = 10 }, ("If-Match", version))).Is(200).Headers.ETag!.Tag.ShouldBe("\"2\"");
        var refused = (await EastRep.SendAsync(HttpMethod.Patch, $"leads/{id}", new { score = 20 }, ("If-Match", version))).Is(412, "stale");
        refused.Json.GetProperty("current").GetProperty("score").GetInt32().ShouldBe(10);
        refused.Json.GetProperty("current").GetProperty("version").GetInt32().ShouldBe(2);
        (await Admin.GetJson($"leads/{id}")).GetProperty("score").GetInt32().ShouldBe(10);
    }

    [Test]
    public async Task Who_does_not_say_what_he_saw_writes_last()
    {
        var id = await LeadAsync("后写者胜");
        await Admin.PatchJson($"leads/{id}", new { score = 1 });
        (await Admin.PatchJson($"leads/{id}", new { score = 2 })).GetProperty("version").GetInt32().ShouldBe(3);
    }

    [Test]
    public async Task A_delete_of_something_that_changed_meanwhile_is_refused()
    {
        var id = await LeadAsync("删前已改");
        await Admin.PatchJson($"leads/{id}", new { score = 1 });
        (await Admin.SendAsync(HttpMethod.Delete, $"leads/{id}", null, ("If-Match", "\"1\""))).Is(412, "stale");
    }

    [Test]
    public async Task A_version_that_is_none_is_refused() =>
        (await Admin.SendAsync(HttpMethod.Patch, $"leads/{await LeadAsync("版本")}", new { score = 1 }, ("If-Match", "\"new\""))).Is(400).Errors.ShouldContainKeyAndValue("If-Match", "ifMatch.form");

    [Test]
    public async Task Of_many_who_save_the_same_version_at_once_one_succeeds()
    {
        var id = await LeadAsync("同时保存");
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => Admin.SendAsync(HttpMethod.Patch, $"leads/{id}", new { score = n }, ("If-Match", "\"1\""))));
        answers.Count(a => (int)a.Status == 200).ShouldBe(1);
        answers.Count(a => (int)a.Status == 412).ShouldBe(7);
    }
}
