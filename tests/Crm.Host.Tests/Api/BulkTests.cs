using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class BulkTests
{
    [Test]
    public async Task Each_record_of_a_bulk_change_stands_for_itself()
    {
        Guid mine = await LeadAsync("批量一", EastRep.UserId), theirs = await LeadAsync("批量二", WestRep.UserId);
        var answer = await EastRep.PostJson("leads/bulk", new { ids = new[] { mine, theirs }, changes = new { score = 7 } }, 200);
        answer.GetProperty("done").GetInt32().ShouldBe(1);
        answer.GetProperty("failed").GetInt32().ShouldBe(1);
        answer.GetProperty("results")[1].GetProperty("problem").GetProperty("code").GetString().ShouldBe("notFound");
        (await Admin.GetJson($"leads/{mine}")).GetProperty("score").GetInt32().ShouldBe(7);
        (await Admin.GetJson($"leads/{theirs}")).GetProperty("score").GetInt32().ShouldBe(0);
    }

    [Test]
    public async Task Many_can_be_deleted_at_once()
    {
        Guid[] ids = [await LeadAsync("批删一"), await LeadAsync("批删二")];
        (await Admin.PostJson("leads/bulk", new { ids, delete = true }, 200)).GetProperty("done").GetInt32().ShouldBe(2);
        foreach (var id in ids) (await Admin.GetJson($"leads/{id}")).GetProperty("deletedAt").GetString().ShouldNotBeNull();
    }

    [TestCase("""{"ids": [], "delete": true}""", "ids")]
    [TestCase("""{"ids": ["00000000-0000-0000-0000-000000000001"]}""", "changes")]
    [TestCase("""{"ids": ["00000000-0000-0000-0000-000000000001"], "delete": true, "changes": {}}""", "changes")]
    public async Task A_bulk_request_says_which_and_what(string body, string field) =>
        (await Admin.SendAsync(HttpMethod.Post, "leads/bulk", body)).Is(400).Errors.ShouldContainKey(field);
}
