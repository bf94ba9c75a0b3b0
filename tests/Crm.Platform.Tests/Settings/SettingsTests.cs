using System.Text.Json;
using Crm.Platform.Settings;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Settings;

public sealed class SettingsTests
{
    private Company company = null!;

    [SetUp]
    public async Task Start() => company = await Company.StartAsync(services => services.AddSingleton<ISettingFields, Declared>());

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task A_setting_has_its_default_until_it_is_set_and_keeps_its_type()
    {
        (await ReadAsync("testDays")).ShouldBe(30L);
        (await ReadAsync("testOwner")).ShouldBeNull();
        await SetAsync("""{"testDays": 14, "testOwner": "REP", "testFrom": "2026-03-02"}""");
        (await ReadAsync("testDays")).ShouldBe(14L);
        (await ReadAsync("testOwner")).ShouldBe(company.Rep);
        (await ReadAsync("testFrom")).ShouldBe(new DateOnly(2026, 3, 2));
        await SetAsync("""{"testOwner": null}""");
        (await ReadAsync("testOwner")).ShouldBeNull();
        (await ReadAsync("testDays")).ShouldBe(14L);
    }

    [Test]
    public async Task What_is_wrong_is_said_for_each_setting_and_nothing_is_saved()
    {
        var problem = await Should.ThrowAsync<Problem>(() => SetAsync("""{"testDays": 99, "ghost": 1, "companyName": "", "testFrom": "soon"}"""));
        problem.Errors.Select(e => (e.Field, e.Code)).ShouldBe([("testDays", "field.max"), ("ghost", "field.unknown"), ("companyName", "field.required"), ("testFrom", "field.type.date")]);
        (await ReadAsync("testDays")).ShouldBe(30L);
        await company.UpdateAsync("user", company.WestRep, ("active", false));
        (await Should.ThrowAsync<Problem>(() => SetAsync($$"""{"testOwner": "{{company.WestRep}}"}"""))).Errors[0].Code.ShouldBe("field.reference");
    }

    [Test]
    public async Task Only_those_who_may_change_settings_and_all_see_them()
    {
        (await Should.ThrowAsync<Problem>(() => SetAsync("""{"testDays": 1}""", company.Rep))).Code.ShouldBe("forbidden");
        (await company.SendAsync(new ListSettings(), company.Rep)).Select(s => s.Key).ShouldContain("companyName");
    }

    private Task SetAsync(string json, Guid? by = null) =>
        company.SendAsync(new SetSettings(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json.Replace("REP", company.Rep.ToString(), StringComparison.Ordinal))!), by ?? company.Admin);

    private Task<object?> ReadAsync(string key) => company.RunAsync(s => s.GetRequiredService<ISettings>().ReadAsync(key, default).AsTask());

    private sealed class Declared : ISettingFields
    {
        public IEnumerable<Field> Fields { get; } =
        [
            new("testDays", FieldType.Integer, new("天数", "Days")) { Default = 30L, Min = 1, Max = 90 },
            new("testOwner", FieldType.Reference, new("负责人", "Owner")) { References = "user" },
            new("testFrom", FieldType.Date, new("开始", "From")),
        ];
    }
}
