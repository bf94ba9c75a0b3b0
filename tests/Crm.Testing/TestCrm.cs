using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Time;
using Crm.Shared.Work;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Crm.Testing;

/// <summary>How a <see cref="TestCrm"/> differs from the usual.</summary>
public sealed class TestCrmOptions
{
    /// <summary>True: the host works its queue by itself. False: the test says when, with <see cref="TestCrm.RunDueAsync"/>.</summary>
    public bool Work { get; set; }
    /// <summary>True: the real clock instead of <see cref="TestTime"/>.</summary>
    public bool RealTime { get; set; }
    /// <summary>True: listens on a port of its own and serves the page, for a browser; see <see cref="TestCrm.RealUrl"/>.</summary>
    public bool Browser { get; set; }
    /// <summary>More settings of the host.</summary>
    public Dictionary<string, string?> Settings { get; } = [];
    /// <summary>More services, or others in place of the host's.</summary>
    public Action<IServiceCollection>? Services { get; set; }
}

/// <summary>A person to sign in as.</summary>
public sealed record TestUser(Guid Id, string Name, string Email);

/// <summary>The real host over HTTP on a database of its own, with one unit (总部) and an administrator. Make one per fixture: starting takes a second.</summary>
public sealed class TestCrm : IAsyncDisposable
{
    public const string Password = "Trial-Pass-2026";
    private readonly TestDatabase database;
    private readonly Factory factory;
    private readonly Dictionary<Guid, TestClient> clients = [];
    private int emails;

    private TestCrm(TestDatabase database, TestCrmOptions options)
    {
        this.database = database;
        factory = new Factory(database, options, Time);
        if (!options.Browser) return;
        factory.UseKestrel();
        factory.StartServer();
        RealUrl = factory.ClientOptions.BaseAddress;
    }

    public TestTime Time { get; } = new(TestTime.Monday);
    public TestDatabase Database => database;
    public IServiceProvider Services => factory.Services;
    /// <summary>Signed in as the administrator.</summary>
    public TestClient Admin { get; private set; } = null!;
    public Guid RootUnit { get; private set; }
    /// <summary>Where the host listens with <see cref="TestCrmOptions.Browser"/>; else it has no port.</summary>
    public Uri RealUrl { get; } = new("http://localhost");

    public static async Task<TestCrm> StartAsync(Action<TestCrmOptions>? configure = null)
    {
        var options = new TestCrmOptions();
        configure?.Invoke(options);
        var crm = new TestCrm(await TestDatabase.CreateAsync(), options);
        crm.RootUnit = await crm.UnitAsync("总部");
        crm.Admin = await crm.ClientAsync(await crm.UserAsync("管理员", crm.RootUnit, BuiltInRole.Administrator));
        return crm;
    }

    /// <summary>Somebody who has not signed in.</summary>
    public TestClient Stranger() => new(factory.CreateDefaultClient(RealUrl, new CookieHandler()));

    /// <summary>The user's client, signed in through the API; the same one each time.</summary>
    public async Task<TestClient> ClientAsync(TestUser user)
    {
        if (clients.TryGetValue(user.Id, out var known)) return known;
        var client = Stranger();
        await client.PostJson("auth/sign-in", new { email = user.Email, password = Password, remember = false }, 200);
        client.UserId = user.Id;
        return clients[user.Id] = client;
    }

    public Task<Guid> UnitAsync(string name, Guid? parent = null, Guid? manager = null, string? region = null) =>
        CreateAsync("unit", new() { ["name"] = name, ["parent"] = parent, ["manager"] = manager, ["region"] = region });

    /// <param name="roles">Keys, see <see cref="BuiltInRole"/>.</param>
    public async Task<TestUser> UserAsync(string name, Guid unit, params string[] roles)
    {
        var email = $"user{++emails}@example.com";
        var id = await CreateAsync("user", new() { ["name"] = name, ["email"] = email, ["unit"] = unit, ["roles"] = roles });
        await RunAsync(services => services.GetRequiredService<IPasswords>().SetAsync(id, Password, CancellationToken.None));
        return new(id, name, email);
    }

    /// <summary>A person with one role and a client signed in as them.</summary>
    public async Task<(TestUser User, TestClient Client)> PersonAsync(string name, Guid unit, params string[] roles)
    {
        var user = await UserAsync(name, unit, roles);
        return (user, await ClientAsync(user));
    }

    /// <summary>Does all work that is due now; how many items.</summary>
    public Task<int> RunDueAsync() => Services.GetRequiredService<WorkRunner>().RunAllDueAsync(CancellationToken.None);

    /// <summary>Moves the clock, then does what fell due.</summary>
    public Task<int> PassAsync(TimeSpan by)
    {
        Time.Advance(by);
        return RunDueAsync();
    }

    /// <summary>Runs inside the host in a scope of its own, as the system unless told otherwise.</summary>
    public async Task<T> RunAsync<T>(Func<IServiceProvider, Task<T>> work, Actor? actor = null)
    {
        await Services.GetRequiredService<Freshness>().EnsureAsync(CancellationToken.None);
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(actor ?? Actor.System);
        return await work(scope.ServiceProvider);
    }

    public Task RunAsync(Func<IServiceProvider, Task> work, Actor? actor = null) =>
        RunAsync(async services =>
        {
            await work(services);
            return true;
        }, actor);

    /// <summary>A value from the tables.</summary>
    public Task<T?> ValueAsync<T>(string sql, object? args = null) => RunAsync(services => services.GetRequiredService<Session>().FirstAsync<T>(sql, args, CancellationToken.None));

    private Task<Guid> CreateAsync(string type, Dictionary<string, object?> values) => RunAsync(async services =>
        (await services.GetRequiredService<IRecords>().CreateAsync(type, values, WriteOptions.AsFeature(), CancellationToken.None)).Id);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values) client.Dispose();
        await factory.DisposeAsync();
        await database.DisposeAsync();
    }

    private sealed class Factory(TestDatabase database, TestCrmOptions options, TestTime time) : WebApplicationFactory<Program>
    {
        /// <summary>The page stays where the build put it; the manifest beside the host tells where that is.</summary>
        private static void ServePage(IWebHostBuilder builder)
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Crm.sln"))) folder = folder.Parent;
            var page = Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "Host", "wwwroot", "index.html");
            if (!File.Exists(page)) throw new InvalidOperationException($"There is no page at {page}: build Host without SkipWeb first.");
            builder.UseUrls("http://127.0.0.1:0").UseStaticWebAssets();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Test");
            foreach (var (name, value) in database.Settings.Concat(options.Settings))
                if (value is not null) builder.UseSetting(name, value);
            builder.UseSetting("Crm:Demo", "false").UseSetting("Crm:Work", options.Work ? "true" : "false");
            builder.UseSetting("Crm:SignInsPerMinute", options.Settings.GetValueOrDefault("Crm:SignInsPerMinute") ?? "10000");
            builder.UseSetting("Crm:PublicPerMinute", options.Settings.GetValueOrDefault("Crm:PublicPerMinute") ?? "10000");
            if (options.Browser) ServePage(builder);
            builder.ConfigureLogging(log => log.ClearProviders().SetMinimumLevel(LogLevel.Error).AddSimpleConsole());
            builder.ConfigureTestServices(services =>
            {
                // Guessing is not what tests are safe from, and hundreds of people sign in.
                services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1000);
                if (!options.RealTime) services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new HostClock(time)));
                options.Services?.Invoke(services);
            });
        }
    }

    /// <summary>Keeps cookies as a browser does.</summary>
    private sealed class CookieHandler : DelegatingHandler
    {
        private readonly Dictionary<string, string> cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            var response = await base.SendAsync(request, cancellationToken);
            foreach (var line in response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
            {
                var pair = line.Split(';')[0].Split('=', 2);
                if (pair[1].Length == 0) cookies.Remove(pair[0]);
                else cookies[pair[0]] = pair[1];
            }
            return response;
        }
    }
}
