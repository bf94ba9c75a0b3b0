using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Host.Tests.Api;

/// <summary>One host for the tests of this folder: a company of two branches, each with a rep; each test makes the records it needs.</summary>
[SetUpFixture]
internal sealed class SharedCrm
{
    public static TestCrm Company { get; private set; } = null!;
    public static Guid East { get; private set; }
    public static Guid West { get; private set; }
    public static TestClient Admin => Company.Admin;
    public static TestClient EastRep { get; private set; } = null!;
    public static TestClient WestRep { get; private set; } = null!;
    public static TestClient EastManager { get; private set; } = null!;
    public static TestClient Marketer { get; private set; } = null!;
    /// <summary>Reads everything, personal data masked.</summary>
    public static TestClient Auditor { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        Company = await TestCrm.StartAsync(o => o.Services = services => services.AddScoped<IRecordRule, Faulty>());
        (East, West) = (await Company.UnitAsync("华东", Company.RootUnit), await Company.UnitAsync("西部", Company.RootUnit));
        EastRep = (await Company.PersonAsync("李东", East, BuiltInRole.Rep)).Client;
        WestRep = (await Company.PersonAsync("赵西", West, BuiltInRole.Rep)).Client;
        EastManager = (await Company.PersonAsync("王经理", East, BuiltInRole.SalesManager)).Client;
        Marketer = (await Company.PersonAsync("周市场", Company.RootUnit, BuiltInRole.Marketing)).Client;
        await Admin.PostJson("roles", new { key = "auditor", name = new { zh = "审计", en = "Auditor" }, permissions = new[] { "lead.read", "customer.read" }, scopes = new Dictionary<string, string> { ["*"] = "all" } }, 201);
        Auditor = (await Company.PersonAsync("孙审计", Company.RootUnit, "auditor")).Client;
    }

    [OneTimeTearDown]
    public async Task Stop() => await Company.DisposeAsync();

    /// <summary>A new lead of the administrator's making; owned when an owner is given.</summary>
    public static Task<Guid> LeadAsync(string name, Guid? owner = null, object? more = null)
    {
        var body = new Dictionary<string, object?> { ["name"] = name, ["owner"] = owner };
        foreach (var property in more?.GetType().GetProperties() ?? []) body[property.Name] = property.GetValue(more);
        return Admin.CreateAsync("leads", body);
    }

    /// <summary>A rule with a bug, as any program has.</summary>
    private sealed class Faulty : IRecordRule
    {
        public string? RecordType => "lead";

        public Task BeforeSaveAsync(RecordChange change, CancellationToken ct) =>
            change.After.Text("company") == "faulty" ? throw new InvalidOperationException("secret detail") : Task.CompletedTask;
    }
}
