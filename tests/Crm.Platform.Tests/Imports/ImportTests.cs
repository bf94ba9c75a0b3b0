using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Platform.Tests.Imports.ImportTrials;

namespace Crm.Platform.Tests.Imports;

public sealed class ImportTests
{
    private TestCrm crm = null!;
    private ImportTrials trials = null!;
    private Stumble stumble = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        stumble = new();
        crm = await TestCrm.StartAsync(o => o.Services = s => s.AddSingleton<IRecordRule>(stumble));
        trials = new(crm, crm.Admin);
    }

    [OneTimeTearDown]
    public async Task Stop() => await crm.DisposeAsync();

    [Test]
    public async Task Rows_land_with_their_values_by_the_guessed_mapping()
    {
        var upload = await trials.UploadAsync("leads", "姓名,公司,手机,地区,预算,评分\n周明,华星科技,138-1111-0001,华东,12.5万,80\n吴芳,远大实业,13811110002,South China,,\n");
        upload.GetProperty("guess").GetProperty("手机").GetString().ShouldBe("phone");
        upload.GetProperty("preview")[0][0].GetString().ShouldBe("周明");
        Sums(await trials.ImportAsync(upload)).ShouldBe(("done", 2, 0, 0, 0));
        var lead = await LeadAsync("周明");
        lead.GetProperty("region").GetString().ShouldBe("east");
        lead.GetProperty("budget").GetDecimal().ShouldBe(125_000m);
        lead.GetProperty("score").GetInt64().ShouldBe(80);
        (await LeadAsync("吴芳")).GetProperty("score").GetInt64().ShouldBe(0);
        (await crm.ValueAsync<int>("SELECT MIN(source) FROM shared_change WHERE record_name IN @names", new { names = new[] { "周明", "吴芳" } })).ShouldBe((int)Source.Import);
    }

    [Test]
    public async Task A_Chinese_file_in_GB18030_is_read()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("姓名;公司\n郑国标;四字节𠮷公司\n");
        var upload = (await trials.TryUploadAsync("lead", bytes)).Is(201).Json;
        upload.GetProperty("encoding").GetString().ShouldBe("gb18030");
        upload.GetProperty("delimiter").GetString().ShouldBe(";");
        await trials.ImportAsync(upload);
        (await LeadAsync("郑国标")).GetProperty("company").GetString().ShouldBe("四字节𠮷公司");
    }

    [TestCase("", "import.emptyFile"), TestCase("PK\u0003\u0004...", "import.notCsv"), TestCase("a\0b", "import.notCsv")]
    public async Task What_is_no_CSV_is_refused_and_leaves_no_file(string text, string code)
    {
        (await trials.TryUploadAsync("lead", Encoding.Latin1.GetBytes(text))).Is(400, "invalid").Errors["file"].ShouldBe(code);
        (await trials.TryUploadAsync("nosuch", "a\n1\n"u8.ToArray())).Is(400).Errors["type"].ShouldBe("import.noType");
        (await crm.Admin.SendAsync(HttpMethod.Post, "imports", new { })).Is(400).Errors["file"].ShouldBe("import.multipart");
        Directory.GetFiles(Path.Combine(crm.Database.Folder, "imports")).ShouldAllBe(f => new FileInfo(f).Length > 10);
    }

    [Test]
    public async Task An_upload_that_is_cut_off_says_so()
    {
        var cut = new StringContent("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n姓名\r\n甲");
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=edge");
        (await crm.Admin.SendAsync(HttpMethod.Post, "imports", cut)).Is(400).Errors["file"].ShouldBe("import.multipart");
    }

    [Test]
    public async Task A_bad_row_is_in_the_error_file_with_its_reasons_and_its_neighbours_land()
    {
        var import = await trials.ImportAsync("lead", "姓名,邮箱,评分,地区\n好一,good1@example.com,5,华东\n坏一,nonsense,many,月球\n\"坏二,x@example.com,1,华东\n坏三,a@b.cn,1\n坏四,b@b.cn,5000,华东\n好二,good2@example.com,6,华北\n");
        Sums(import).ShouldBe(("done", 2, 0, 0, 4));
        var errors = await trials.ErrorsAsync(import);
        errors.Length.ShouldBe(4);
        errors[0].ShouldBe("3,坏一,nonsense,many,月球,评分：“many”不是数字；地区：没有选项“月球”。");
        errors[1].ShouldEndWith(",引号没有成对，这一行无法拆分。");
        errors[2].ShouldBe("5,坏三,a@b.cn,1,,应有 4 列，这一行有 3 列。");
        errors[3].ShouldContain("评分");
        errors[3].ShouldContain("1000");
        await LeadAsync("好一");
        await LeadAsync("好二");
    }

    [Test]
    public async Task A_formula_in_the_error_file_is_text_and_comes_back_as_it_was()
    {
        var errors = await trials.ErrorsAsync(await trials.ImportAsync("lead", "姓名,公司,手机,评分\n=公式,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",+8613800001111,many\n"));
        errors.ShouldHaveSingleItem().ShouldStartWith("2,\"'=公式\",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",\"'+8613800001111\",many,");
        Sums(await trials.ImportAsync("lead", $"行号,姓名,公司,手机,评分,原因\n{errors[0].Replace("many", "5", StringComparison.Ordinal)}\n")).ShouldBe(("done", 1, 0, 0, 0));
        (await LeadAsync("=公式")).GetProperty("company").GetString().ShouldBe("=HYPERLINK(\"http://x\",\"y\")");
    }

    [Test]
    public async Task A_file_of_more_columns_than_anybody_fills_is_refused_at_once()
    {
        (await trials.TryUploadAsync("lead", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 501).Select(i => $"列{i}")) + "\n"))).Is(400).Errors["file"].ShouldBe("import.tooManyColumns");
        (await trials.TryUploadAsync("lead", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 500).Select(i => $"列{i}")) + ",,\n"))).Is(201);
    }

    [TestCase("""{"values":{"name":null}}""", "values.name")]
    [TestCase("""{"mapping":{"姓名":{}}}""", "mapping.姓名")]
    public async Task A_mapping_that_says_nothing_is_refused_where_it_does(string body, string field)
    {
        var upload = await trials.UploadAsync("lead", "姓名\n甲\n");
        (await crm.Admin.SendAsync(HttpMethod.Patch, $"imports/{upload.GetProperty("id").GetString()}", body)).Is(400).Errors.ShouldBe(new() { [field] = "field.required" });
    }

    [Test]
    public async Task A_trial_run_tells_what_would_happen_and_leaves_nothing()
    {
        await trials.ImportAsync("lead", "姓名,外部编号\n已有,T-1\n");
        var (before, number) = (await CountAsync("%"), await NumberAsync());
        var upload = await trials.UploadAsync("lead", "姓名,外部编号,评分\n试一,T-1,1\n试二,T-2,1\n试三,T-2,1\n试四,T-3,x\n");
        var id = upload.GetProperty("id").GetString();
        await crm.Admin.PostJson($"imports/{id}/dry-run");
        await crm.RunDueAsync();
        var tried = await crm.Admin.GetJson($"imports/{id}");
        Sums(tried).ShouldBe(("draft", 1, 0, 2, 1));
        tried.GetProperty("checked").GetBoolean().ShouldBeTrue();
        (await trials.ErrorsAsync(tried)).Length.ShouldBe(1);
        (await CountAsync("%")).ShouldBe(before);
        (await NumberAsync()).ShouldBe(number);
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM shared_change WHERE record_name LIKE @name", new { name = "试%" })).ShouldBe(0);
        Sums(await trials.ImportAsync(upload)).ShouldBe(("done", 1, 0, 2, 1));
        (await trials.ErrorsAsync(tried)).Length.ShouldBe(1);
    }

    [Test]
    public async Task A_host_killed_in_the_middle_of_a_chunk_goes_on_after_the_last_one_and_doubles_nothing()
    {
        var text = new StringBuilder("姓名,外部编号\n");
        for (var i = 0; i < 1300; i++) text.Append($"断点{i},K-{i}\n");
        var upload = await trials.UploadAsync("lead", text.ToString());
        var id = upload.GetProperty("id").GetString();
        await crm.Admin.PatchJson($"imports/{id}", new { duplicates = "create" });
        await crm.Admin.PostJson($"imports/{id}/start");

        using var death = new CancellationTokenSource();
        stumble.Over("断点700", death);
        await Should.ThrowAsync<OperationCanceledException>(() => crm.Services.GetRequiredService<WorkRunner>().RunAllDueAsync(death.Token));
        (await CountAsync("断点%")).ShouldBe(500);
        Sums(await crm.Admin.GetJson($"imports/{id}")).ShouldBe(("running", 500, 0, 0, 0));

        // On a server the dead host's lease has to run out first; on SQLite nothing was leased.
        await crm.PassAsync(TimeSpan.FromMinutes(3));
        Sums(await crm.Admin.GetJson($"imports/{id}")).ShouldBe(("done", 1300, 0, 0, 0));
        (await CountAsync("断点%")).ShouldBe(1300);
        (await crm.ValueAsync<long>("SELECT COUNT(DISTINCT external_id) FROM leads_lead WHERE name LIKE @name", new { name = "断点%" })).ShouldBe(1300);
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM platform_import_row WHERE import_id = @id", new { id = Guid.Parse(id!) })).ShouldBe(1300);
    }

    [TestCase("skip", 1, 0, 3, 2), TestCase("update", 1, 3, 0, 2), TestCase("create", 4, 0, 0, 5)]
    public async Task Duplicates_in_records_and_in_the_file_are_treated_as_asked(string mode, long created, long updated, long skipped, long records)
    {
        await trials.ImportAsync("lead", $"姓名,外部编号,评分\n重复{mode},D-{mode},1\n");
        var import = await trials.ImportAsync("lead", $"姓名,外部编号,评分\n重复{mode},d-{mode},2\n重复{mode},E-{mode},3\n重复{mode},E-{mode},4\n重复{mode},D-{mode},\n", new { duplicates = mode });
        Sums(import).ShouldBe(("done", created, updated, skipped, 0L));
        (await CountAsync($"重复{mode}")).ShouldBe(records);
        // An empty cell leaves what is there.
        if (mode == "update") (await crm.ValueAsync<long>("SELECT SUM(score) FROM leads_lead WHERE name = @name", new { name = "重复update" })).ShouldBe(2 + 4);
    }

    [Test]
    public async Task What_was_left_out_as_a_duplicate_can_be_read()
    {
        await trials.ImportAsync("lead", "姓名,外部编号\n已有的,左出-1\n");
        var import = await trials.ImportAsync("lead", "姓名,外部编号\n已有的,左出-1\n新来的,左出-2\n新来的又一行,左出-2\n", new { duplicates = "skip" });
        Sums(import).ShouldBe(("done", 1, 0, 2, 0));
        (await trials.ErrorsAsync(import, "skipped")).ShouldBe(["2,已有的,左出-1,外部编号：已有相同的记录。", "4,新来的又一行,左出-2,外部编号：与本文件前面的一行相同。"]);
        (await trials.ErrorsAsync(import)).ShouldBeEmpty();
        (await crm.Admin.SendAsync(HttpMethod.Get, $"imports/{import.GetProperty("id").GetString()}/errors?of=some")).Is(400).Errors["of"].ShouldBe("field.option");
    }

    [Test]
    public async Task Undo_bins_what_was_made_and_puts_back_what_was_changed_unless_it_was_changed_since()
    {
        await trials.ImportAsync("lead", "姓名,外部编号,公司,评分\n撤一,U-1,旧公司,1\n撤二,U-2,旧公司,1\n");
        var import = await trials.ImportAsync("lead", "姓名,外部编号,公司,评分\n撤一,U-1,新公司,2\n撤二,U-2,新公司,2\n撤三,U-3,新公司,2\n", new { duplicates = "update" });
        Sums(import).ShouldBe(("done", 1, 2, 0, 0));
        var second = await LeadAsync("撤二");
        await crm.Admin.PatchJson($"leads/{second.GetProperty("id").GetString()}", new { score = 9 });

        await crm.Admin.PostJson($"imports/{import.GetProperty("id").GetString()}/undo");
        await crm.RunDueAsync();
        var undone = await crm.Admin.GetJson($"imports/{import.GetProperty("id").GetString()}");
        (undone.GetProperty("state").GetString(), undone.GetProperty("undone").GetInt64(), undone.GetProperty("kept").GetInt64()).ShouldBe(("undone", 2, 1));
        (await trials.ErrorsAsync(undone, "undo")).Single().ShouldBe("2,撤二,评分：导入后又被修改，保留现值。");
        var first = await LeadAsync("撤一");
        (first.GetProperty("company").GetString(), first.GetProperty("score").GetInt64()).ShouldBe(("旧公司", 1));
        second = await LeadAsync("撤二");
        (second.GetProperty("company").GetString(), second.GetProperty("score").GetInt64()).ShouldBe(("旧公司", 9));
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM leads_lead WHERE name = @name AND deleted_at IS NOT NULL", new { name = "撤三" })).ShouldBe(1);
        (await crm.Admin.SendAsync(HttpMethod.Post, $"imports/{import.GetProperty("id").GetString()}/undo")).Is(409, "import.cannotUndo");
    }

    [Test]
    public async Task Only_those_who_may_import_the_type_can_and_others_imports_are_not_seen()
    {
        var (_, rep) = await crm.PersonAsync("普通销售", crm.RootUnit, BuiltInRole.Rep);
        (await new ImportTrials(crm, rep).TryUploadAsync("lead", "姓名\nx\n"u8.ToArray())).Is(403);
        (await rep.SendAsync(HttpMethod.Get, "imports")).Is(403);
        var (_, marketing) = await crm.PersonAsync("市场", crm.RootUnit, BuiltInRole.Marketing);
        (await new ImportTrials(crm, marketing).TryUploadAsync("product", "name,price\nx,1\n"u8.ToArray())).Is(403);
        var others = await trials.UploadAsync("lead", "姓名\n秘密\n");
        (await marketing.SendAsync(HttpMethod.Get, $"imports/{others.GetProperty("id").GetString()}")).Is(404);
        (await marketing.GetJson("imports")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await crm.Admin.GetJson("imports?limit=1")).GetProperty("next").GetString().ShouldNotBeNull();
    }

    [Test]
    public async Task An_import_has_the_importers_rights_row_by_row()
    {
        await crm.Admin.PostJson("roles", new { key = "importer", name = new { zh = "导入员", en = "Importer" }, permissions = new[] { "import.run", "lead.import", "lead.read", "lead.create", "lead.update" }, scopes = new Dictionary<string, string> { ["*"] = "own" } });
        var (user, client) = await crm.PersonAsync("导入员", crm.RootUnit, "importer");
        var other = await crm.UserAsync("别人", crm.RootUnit, BuiltInRole.Rep);
        await crm.RunAsync(s => s.GetRequiredService<IRecords>().CreateAsync("lead", new Dictionary<string, object?> { ["name"] = "别人的", ["externalId"] = "R-1", ["owner"] = other.Id }, WriteOptions.AsFeature(), default));
        await crm.RunAsync(s => s.GetRequiredService<IRecords>().CreateAsync("lead", new Dictionary<string, object?> { ["name"] = "自己的", ["externalId"] = "R-2", ["owner"] = user.Id }, WriteOptions.AsFeature(), default));
        var import = await new ImportTrials(crm, client).ImportAsync("lead", "外部编号,评分\nR-1,7\nR-2,7\n", new { duplicates = "update" });
        Sums(import).ShouldBe(("done", 0, 1, 0, 1));
        (await crm.ValueAsync<long>("SELECT score FROM leads_lead WHERE external_id = 'R-1'")).ShouldBe(0);
    }

    [Test]
    public async Task Names_are_found_as_people_write_them_and_otherwise_reported_with_what_is_near()
    {
        await trials.ImportAsync("product", "name,price\nGTX Pro,100\nGTX Pro Max,200\nG-1,1\nG 1,2\n");
        var import = await trials.ImportAsync("opportunity", "externalId,product,customer\nN-1,GTXPro,新客户甲\nN-2,GTX Prx,\nN-3,g.1,\n",
            new { mapping = new Dictionary<string, object> { ["externalId"] = new { field = "externalId" }, ["product"] = new { field = "product" }, ["customer"] = new { field = "customer", lookup = new { create = true } } }, values = new { name = "商机 {externalId}" } });
        Sums(import).ShouldBe(("done", 1, 0, 0, 2));
        var errors = await trials.ErrorsAsync(import);
        errors[0].ShouldContain("相近的有：GTX Pro");
        errors[1].ShouldContain("2 条记录");
        (await crm.ValueAsync<string>("SELECT p.name FROM sales_opportunity o JOIN sales_product p ON p.id = o.product_id WHERE o.external_id = 'N-1'")).ShouldBe("GTX Pro");
        await crm.Admin.PostJson($"imports/{import.GetProperty("id").GetString()}/undo");
        await crm.RunDueAsync();
        (await crm.ValueAsync<long>("SELECT COUNT(*) FROM sales_customer WHERE name = @name AND deleted_at IS NULL", new { name = "新客户甲" })).ShouldBe(0);
    }

    [Test]
    public async Task A_mapping_is_checked_remembered_and_cannot_change_once_it_runs()
    {
        var upload = await trials.UploadAsync("lead", "mm1,mm2\nx,2\n");
        var id = upload.GetProperty("id").GetString();
        var bad = (await crm.Admin.SendAsync(HttpMethod.Patch, $"imports/{id}", new { mapping = new Dictionary<string, object> { ["mm1"] = new { field = "nosuch" }, ["mm9"] = new { field = "name" }, ["mm2"] = new { field = "number" } }, values = new { company = "{zz}" } })).Is(400, "invalid");
        bad.Errors.Keys.ShouldBe(["mapping.mm1", "mapping.mm9", "mapping.mm2", "values.company"], ignoreOrder: true);
        (await crm.Admin.SendAsync(HttpMethod.Post, $"imports/{id}/start")).Is(400).Errors["mapping"].ShouldBe("import.nothingMapped");
        await trials.ImportAsync(upload, new { mapping = new Dictionary<string, object> { ["mm1"] = new { field = "name" } }, values = new { company = "{mm1}-{mm2}" } });
        (await LeadAsync("x")).GetProperty("company").GetString().ShouldBe("x-2");
        (await crm.Admin.SendAsync(HttpMethod.Patch, $"imports/{id}", new { startSops = true })).Is(409, "import.notDraft");
        var again = await trials.UploadAsync("lead", "mm2,mm1\n3,y\n");
        again.GetProperty("remembered").GetBoolean().ShouldBeTrue();
        again.GetProperty("mapping").GetProperty("mm1").GetProperty("field").GetString().ShouldBe("name");
    }

    [Test]
    public async Task A_hundred_thousand_rows_are_never_all_in_memory()
    {
        const int rows = 100_000;
        var path = Path.Combine(crm.Database.Folder, "many.csv");
        await using (var writer = new StreamWriter(path))
        {
            await writer.WriteLineAsync("姓名,公司,外部编号,备注");
            for (var i = 0; i < rows; i++) await writer.WriteLineAsync($"海量{i},公司{i % 977},M-{i},{new string('注', 200)}");
        }
        await using var stream = File.OpenRead(path);
        var upload = (await trials.TryUploadAsync("lead", new StreamContent(stream))).Is(201).Json;
        var id = upload.GetProperty("id").GetString();
        await crm.Admin.PostJson($"imports/{id}/start");
        var (runner, most, before) = (crm.Services.GetRequiredService<WorkRunner>(), 0L, GC.GetTotalMemory(true));
        for (var round = 0; await runner.RunInsideAsync(default) > 0; round++)
            if (round % 40 == 0) most = Math.Max(most, GC.GetTotalMemory(true) - before);
        Sums(await crm.Admin.GetJson($"imports/{id}")).ShouldBe(("done", rows, 0, 0, 0));
        (await CountAsync("海量%")).ShouldBe(rows);
        // The text of the file alone would take 90 MB.
        most.ShouldBeLessThan(40L * 1024 * 1024);
    }

    private async Task<JsonElement> LeadAsync(string name) =>
        (await crm.Admin.GetJson($"leads?filter={Uri.EscapeDataString(JsonSerializer.Serialize(new { field = "name", op = "eq", value = name }))}")).GetProperty("items").EnumerateArray().Single();

    private Task<long> CountAsync(string name) => crm.ValueAsync<long>("SELECT COUNT(*) FROM leads_lead WHERE name LIKE @name", new { name });
    private Task<long> NumberAsync() => crm.ValueAsync<long>("SELECT value FROM shared_sequence WHERE name = 'lead'");

    /// <summary>A host that dies while it saves a certain record.</summary>
    private sealed class Stumble : IRecordRule
    {
        private (string Name, CancellationTokenSource Death)? over;

        public string? RecordType => "lead";

        public void Over(string name, CancellationTokenSource death) => over = (name, death);

        public Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
        {
            if (over is not { } at || change.After.Name != at.Name) return Task.CompletedTask;
            over = null;
            at.Death.Cancel();
            ct.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }
    }
}
