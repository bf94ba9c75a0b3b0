using System.Collections.Concurrent;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Testing;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests;

/// <summary>The platform on a fresh database: a company with a head office and two branches, an administrator, two managers and two reps.</summary>
internal sealed class Company : IAsyncDisposable
{
    public const string Password = "Frühling-2026";
    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    public TestTime Time { get; } = new(TestTime.Monday);
    public CrmOptions Options { get; }
    public HintList Hints { get; } = new();
    public IServiceProvider Services => services;
    public Guid Root { get; private set; }
    public Guid East { get; private set; }
    public Guid West { get; private set; }
    public Guid Admin { get; private set; }
    public Guid EastHead { get; private set; }
    public Guid WestHead { get; private set; }
    public Guid Rep { get; private set; }
    public Guid WestRep { get; private set; }

    private Company(TestDatabase database, Action<IServiceCollection>? more)
    {
        (this.database, Options) = (database, database.Options);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddShared(Options, PlatformSetup.Assembly);
        collection.AddPlatform();
        collection.Configure<PasswordHasherOptions>(o => o.IterationCount = 1000);
        collection.AddSingleton<ILive>(Hints);
        more?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public static async Task<Company> EmptyAsync(Action<IServiceCollection>? more = null)
    {
        var company = new Company(await TestDatabase.CreateAsync(), more);
        await company.services.GetRequiredService<Migrator>().MigrateAsync(default);
        return company;
    }

    public static async Task<Company> StartAsync(Action<IServiceCollection>? more = null)
    {
        var c = await EmptyAsync(more);
        c.Root = await c.UnitAsync("总部", null);
        c.East = await c.UnitAsync("华东", c.Root);
        c.West = await c.UnitAsync("西部", c.Root);
        c.Admin = await c.UserAsync("陈管理", "admin@example.com", c.Root, BuiltInRole.Administrator);
        c.EastHead = await c.UserAsync("王经理", "east@example.com", c.East, BuiltInRole.SalesManager);
        c.WestHead = await c.UserAsync("孙经理", "west@example.com", c.West, BuiltInRole.SalesManager);
        c.Rep = await c.UserAsync("李销售", "rep@example.com", c.East, BuiltInRole.Rep);
        c.WestRep = await c.UserAsync("赵销售", "westrep@example.com", c.West, BuiltInRole.Rep);
        await c.UpdateAsync("unit", c.East, ("manager", c.EastHead));
        await c.UpdateAsync("unit", c.West, ("manager", c.WestHead));
        await c.RunAsync(s => s.GetRequiredService<IPasswords>().SetAsync(c.Rep, Password, default));
        return c;
    }

    public async Task<Guid> UnitAsync(string name, Guid? parent) => (await CreateAsync("unit", ("name", name), ("parent", parent))).Id;

    public async Task<Guid> UserAsync(string name, string email, Guid unit, params string[] roles) =>
        (await CreateAsync("user", ("name", name), ("email", email), ("unit", unit), ("roles", roles))).Id;

    public Task<Record> CreateAsync(string type, params (string Key, object? Value)[] values) =>
        RunAsync(s => s.GetRequiredService<IRecords>().CreateAsync(type, values.ToDictionary(v => v.Key, v => v.Value), WriteOptions.None, default));

    public Task<Record> UpdateAsync(string type, Guid id, params (string Key, object? Value)[] values) =>
        RunAsync(s => s.GetRequiredService<IRecords>().UpdateAsync(type, id, values.ToDictionary(v => v.Key, v => v.Value), WriteOptions.None, default));

    public Task<T> SendAsync<T>(IRequest<T> request, Guid? asUser = null) => RunAsync(s => s.GetRequiredService<IMediator>().Send(request), asUser);

    public Task<DirectoryView> DirectoryAsync() => RunAsync(s => s.GetRequiredService<IDirectory>().ReadAsync(default).AsTask());

    public Task<T?> ReadAsync<T>(string sql, object? args = null) => RunAsync(s => s.GetRequiredService<Session>().FirstAsync<T>(sql, args, default));

    /// <summary>A scope of its own, as a request has; as the system unless a user is named.</summary>
    public async Task<T> RunAsync<T>(Func<IServiceProvider, Task<T>> work, Guid? asUser = null)
    {
        await using var scope = services.CreateAsyncScope();
        var s = scope.ServiceProvider;
        await s.GetRequiredService<Freshness>().EnsureAsync(default); // as the edge does
        var actor = asUser is { } user ? await s.GetRequiredService<IActors>().ForUserAsync(user, default) : Actor.System;
        s.GetRequiredService<CurrentActor>().Set(actor ?? throw new InvalidOperationException("Nobody"));
        return await work(s);
    }

    public Task RunAsync(Func<IServiceProvider, Task> work, Guid? asUser = null) => RunAsync(async s =>
    {
        await work(s);
        return 0;
    }, asUser);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}

/// <summary>Writes down what open pages would be told.</summary>
internal sealed class HintList : ILive
{
    public ConcurrentQueue<(Guid[] Users, LiveHint Hint)> Told { get; } = [];

    public void Tell(IReadOnlyCollection<Guid> users, LiveHint hint) => Told.Enqueue(([.. users], hint));

    public void TellReaders(LiveHint hint, IReadOnlyList<Belonging>? whose = null)
    {
    }
}
