using Crm.Host.Commands;
using Crm.Shared.Access;
using Crm.Testing;

namespace Crm.Host.Tests.Commands;

/// <summary><c>import leads FILE.csv</c>, as the console runs it.</summary>
internal sealed class ImportCommandTests
{
    private const string Leads = "姓名,公司,评分\n甲,华星,10\n乙,远大,20\n丙,东方,很高\n";
    private TestCrm crm = null!;
    private string folder = null!;

    [SetUp]
    public async Task Start()
    {
        crm = await TestCrm.StartAsync();
        folder = Directory.CreateDirectory(Path.Combine(crm.Database.Folder, "files")).FullName;
    }

    [TearDown]
    public async Task Stop() => await crm.DisposeAsync();

    [Test]
    public async Task Good_rows_land_and_bad_ones_are_in_a_file_beside_with_their_reason()
    {
        (await RunAsync("import", "leads", Csv(Leads))).ShouldBe(0);
        (await ScoresAsync()).ShouldBe(["甲 10", "乙 20"]);
        var errors = await File.ReadAllTextAsync(Path.Combine(folder, "leads.errors.csv"));
        errors.ShouldContain("丙");
        errors.ShouldContain("“很高”不是数字");
    }

    [Test]
    public async Task A_dry_run_writes_nothing()
    {
        (await RunAsync("import", "leads", Csv(Leads), "--dry-run")).ShouldBe(0);
        (await ScoresAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task Columns_and_constants_are_given_by_name()
    {
        (await RunAsync("import", "leads", Csv("who,punkte\n甲,10\n"), "--map", "who=name", "punkte=score", "--value", "company=来自 {who}", "--value=note=网上")).ShouldBe(0);
        (await ScoresAsync()).ShouldBe(["甲 10"]);
        (await crm.ValueAsync<string>("SELECT company FROM leads_lead")).ShouldBe("来自 甲");
    }

    [Test]
    public async Task A_mapping_may_come_from_a_file()
    {
        var mapping = Path.Combine(folder, "mapping.json");
        await File.WriteAllTextAsync(mapping, """{"mapping":{"who":{"field":"name"},"punkte":{"field":"score"}},"duplicates":"create"}""");
        (await RunAsync("import", "leads", Csv("who,punkte\n甲,10\n甲,10\n"), "--mapping", mapping)).ShouldBe(0);
        (await ScoresAsync()).ShouldBe(["甲 10", "甲 10"]);
    }

    [TestCase("skip", 1), TestCase("update", 5)]
    public async Task Duplicates_are_treated_as_asked(string mode, int score)
    {
        await crm.Admin.CreateAsync("leads", new { name = "甲", externalId = "A-1", score = 1 });
        (await RunAsync("import", "leads", Csv("姓名,外部编号,评分\n甲,A-1,5\n"), "--duplicates", mode)).ShouldBe(0);
        (await ScoresAsync()).ShouldBe([$"甲 {score}"]);
    }

    [TestCase(false), TestCase(true)]
    public async Task Sops_start_only_where_asked(bool sops)
    {
        await crm.Admin.PutJson("sops/greet", new { key = "greet", name = new { zh = "问候", en = "Greet" }, record = "lead", triggers = new object[] { new { kind = "created" } }, steps = Array.Empty<object>() });
        await crm.Admin.PostJson("sops/greet/publish", new { note = "" });
        (await RunAsync(["import", "leads", Csv("姓名\n甲\n"), .. sops ? new[] { "--sops" } : []])).ShouldBe(0);
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM workflows_run")).ShouldBe(sops ? 1 : 0);
    }

    [Test]
    public async Task It_acts_with_the_rights_of_whom_it_is_told()
    {
        var marketer = await crm.UserAsync("市场", crm.RootUnit, BuiltInRole.Marketing);
        var rep = await crm.UserAsync("销售", crm.RootUnit, BuiltInRole.Rep);
        (await RunAsync("import", "leads", Csv("姓名\n甲\n"), "--as", rep.Email)).ShouldBe(1);
        (await ScoresAsync()).ShouldBeEmpty();
        (await RunAsync("import", "leads", Csv("姓名\n甲\n"), "--as", marketer.Email)).ShouldBe(0);
        (await crm.ValueAsync<Guid>("SELECT created_by_id FROM leads_lead")).ShouldBe(marketer.Id);
    }

    [Test]
    public async Task What_cannot_be_understood_changes_nothing()
    {
        var file = Csv(Leads);
        var broken = Path.Combine(folder, "broken.json");
        await File.WriteAllTextAsync(broken, "{");
        string[][] wrong =
        [
            ["import", "leads", "/nosuch.csv"], ["import", "nosuch", file], ["import", "leads", file, "--dryrun"], ["import", "leads", file, "--duplicates", "maybe"], ["import", "leads", file, "--map", "姓名"],
            ["import", "leads", file, "--map", "nosuch=name"], ["import", "leads", file, "--map", "姓名=nosuch"], ["import", "leads", file, "--mapping", "/nosuch.json"], ["import", "leads", file, "--mapping", broken],
            ["import", "leads", file, "--as", "nobody@example.com"],
        ];
        foreach (var line in wrong) (await RunAsync(line)).ShouldBe(1, string.Join(' ', line));
        (await RunAsync("import", "leads")).ShouldBe(2);
        (await RunAsync("improt", "leads", file)).ShouldBe(2);
        (await ScoresAsync()).ShouldBeEmpty();
    }

    private Task<int> RunAsync(params string[] line) => CommandLine.Parse(line).RunAsync(crm.Services);

    private string Csv(string text)
    {
        var path = Path.Combine(folder, "leads.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<List<string>> ScoresAsync() =>
        [.. (await crm.Admin.GetJson("leads?sort=score,name")).GetProperty("items").EnumerateArray().Select(l => $"{l.GetProperty("name").GetString()} {l.GetProperty("score").GetInt32()}")];
}
