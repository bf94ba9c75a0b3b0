using Crm.Host.Api;
using Crm.Shared.Data;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Host.Tests.Api.SharedCrm;

namespace Crm.Host.Tests.Api;

internal sealed class IdempotencyTests
{
    private static Task<TestAnswer> CreateAsync(TestClient client, string key, string name) =>
        client.SendAsync(HttpMethod.Post, "leads", new { name, company = key }, ("Idempotency-Key", key));

    private static async Task<int> MadeAsync(string company) =>
        (await Admin.GetJson($$"""leads/count?filter={"field":"company","op":"eq","value":"{{company}}"}""")).GetProperty("count").GetInt32();

    [Test]
    public async Task A_repeated_request_gets_the_first_answer_and_happens_once()
    {
        var first = (await CreateAsync(Admin, "key-1", "甲")).Is(201);
        var again = (await CreateAsync(Admin, "key-1", "甲")).Is(201);
        again.Text.ShouldBe(first.Text);
        again.Headers.ETag.ShouldBe(first.Headers.ETag);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        (await MadeAsync("key-1")).ShouldBe(1);
    }

    [Test]
    public async Task A_double_submit_at_the_same_moment_happens_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync(Admin, "key-2", "乙")));
        foreach (var answer in answers) answer.Is(201);
        answers.Select(a => a.Text).Distinct().Count().ShouldBe(1);
        (await MadeAsync("key-2")).ShouldBe(1);
    }

    [Test, CancelAfter(20_000)]
    public async Task Many_changes_in_one_request_may_bear_a_key_too(CancellationToken soon)
    {
        var lead = await LeadAsync("庚");
        var answer = Admin.SendAsync(HttpMethod.Post, "leads/bulk", new { ids = new[] { lead }, changes = new { company = "many" } }, ("Idempotency-Key", "many-1"));
        (await answer.WaitAsync(soon)).Is(200).Json.GetProperty("done").GetInt32().ShouldBe(1);
    }

    [Test]
    public async Task Many_changes_in_one_request_happen_once()
    {
        var lead = await LeadAsync("壬");
        var first = (await BulkAsync(lead, "many-2")).Is(200);
        await ScoreAsync(lead, 9);
        (await BulkAsync(lead, "many-2")).Is(200).Text.ShouldBe(first.Text);
        (await Admin.SendAsync(HttpMethod.Post, "leads/bulk", new { ids = new[] { lead }, delete = true }, ("Idempotency-Key", "many-2"))).Is(409, "idempotency.reused");
        (await ScoreAsync(lead)).ShouldBe(9);
    }

    [Test]
    public async Task A_refused_request_of_many_changes_does_not_use_up_its_key()
    {
        (await Admin.SendAsync(HttpMethod.Post, "leads/bulk", new { ids = Array.Empty<Guid>(), delete = true }, ("Idempotency-Key", "many-3"))).Is(400);
        (await BulkAsync(await LeadAsync("癸"), "many-3")).Is(200);
    }

    [Test]
    public async Task Who_repeats_many_changes_while_they_run_is_told_to_wait_until_their_host_must_be_dead()
    {
        var lead = await LeadAsync("子");
        (await BulkAsync(lead, "many-4")).Is(200);
        await ScoreAsync(lead, 9);
        // As a host leaves it that dies in the middle.
        await Company.RunAsync(s => s.GetRequiredService<Session>().InTransactionAsync(() => s.GetRequiredService<Session>().ExecuteAsync("UPDATE host_idempotency SET status = 0 WHERE name = 'many-4'", null, default), default));
        (await BulkAsync(lead, "many-4")).Is(409, "idempotency.running");
        (await ScoreAsync(lead)).ShouldBe(9);
        Company.Time.Advance(Idempotency.Held + TimeSpan.FromSeconds(1));
        (await BulkAsync(lead, "many-4")).Is(200);
        (await ScoreAsync(lead)).ShouldBe(3);
    }

    [Test]
    public async Task A_secret_that_is_told_once_lies_nowhere_readable_and_is_told_again_to_who_repeats()
    {
        Task<TestAnswer> Token() => Admin.SendAsync(HttpMethod.Post, "auth/tokens", new { name = "程序" }, ("Idempotency-Key", "secret-1"));
        var first = (await Token()).Is(201);
        (await Company.ValueAsync<string>("SELECT body FROM host_idempotency WHERE name = 'secret-1'"))!.ShouldNotContain(first.Json.GetProperty("token").GetString()!);
        (await Token()).Is(201).Text.ShouldBe(first.Text);
    }

    [Test]
    public async Task An_answer_kept_under_another_hosts_keys_is_a_conflict_and_not_done_twice()
    {
        (await CreateAsync(Admin, "foreign-1", "寅")).Is(201);
        await Company.RunAsync(s => s.GetRequiredService<Session>().InTransactionAsync(() => s.GetRequiredService<Session>().ExecuteAsync("UPDATE host_idempotency SET body = 'bm90IG91cnM' WHERE name = 'foreign-1'", null, default), default));
        (await CreateAsync(Admin, "foreign-1", "寅")).Is(409, "idempotency.unreadable");
        (await MadeAsync("foreign-1")).ShouldBe(1);
    }

    private static async Task<int> ScoreAsync(Guid lead, int? given = null) =>
        (await (given is null ? Admin.GetJson($"leads/{lead}") : Admin.PatchJson($"leads/{lead}", new { score = given }))).GetProperty("score").GetInt32();

    private static Task<TestAnswer> BulkAsync(Guid lead, string key) =>
        Admin.SendAsync(HttpMethod.Post, "leads/bulk", new { ids = new[] { lead }, changes = new { score = 3 } }, ("Idempotency-Key", key));

    [Test]
    public async Task An_upload_under_a_key_happens_once()
    {
        Task<TestAnswer> Upload() => Admin.SendAsync(HttpMethod.Post, "imports",
            new MultipartFormDataContent("the-same-each-time") { { new StringContent("lead"), "type" }, { new StringContent("姓名\n丑\n"), "file", "once.csv" } }, ("Idempotency-Key", "upload-1"));
        var first = (await Upload()).Is(201);
        first.Json.GetProperty("rows").GetInt64().ShouldBe(1);
        (await Upload()).Is(201).Text.ShouldBe(first.Text);
        (await Company.ValueAsync<long>("SELECT COUNT(*) FROM platform_import WHERE file_name = 'once.csv'")).ShouldBe(1);
    }

    [Test]
    public async Task Another_content_under_the_same_key_is_refused()
    {
        (await CreateAsync(Admin, "key-3", "丙")).Is(201);
        (await CreateAsync(Admin, "key-3", "丁")).Is(409, "idempotency.reused");
    }

    [Test]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        (await Admin.SendAsync(HttpMethod.Post, "leads", new { }, ("Idempotency-Key", "key-4"))).Is(400);
        (await CreateAsync(Admin, "key-4", "戊")).Is(201);
    }

    [Test]
    public async Task Keys_of_different_people_are_different_keys()
    {
        (await CreateAsync(Admin, "key-5", "己")).Is(201);
        (await CreateAsync(Marketer, "key-5", "庚")).Is(201);
        (await MadeAsync("key-5")).ShouldBe(2);
    }

    [Test]
    public async Task A_key_that_is_too_long_is_refused() => (await CreateAsync(Admin, new string('k', 101), "辛")).Is(400, "idempotency.key");
}
