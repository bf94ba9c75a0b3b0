using Crm.Platform.SignIn;
using Crm.Shared;
using Crm.Shared.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Platform.Setup;

/// <summary>At the start of a host whose database knows nobody: prints the link that makes the first administrator. To the console, never to a log, which others read.</summary>
internal sealed class SetupLink(IServiceScopeFactory scopes, CrmOptions options) : IHostedService
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await MakeAsync(scope.ServiceProvider, cancellationToken) is not { } link) return;
        Console.WriteLine();
        Console.WriteLine("还没有任何用户。请在 24 小时内打开以下链接创建管理员（仅可使用一次）：");
        Console.WriteLine("There are no users yet. Open this link within 24 hours to create the administrator (it works once):");
        Console.WriteLine($"  {link}");
        Console.WriteLine();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The link, or null where there are users. The secret stands after the #, so that no server or proxy on the way writes it down.</summary>
    internal async Task<string?> MakeAsync(IServiceProvider services, CancellationToken ct)
    {
        var session = services.GetRequiredService<Session>();
        if (await session.FirstAsync<long>("SELECT COUNT(*) FROM platform_user", null, ct) > 0) return null;
        var secret = await services.GetRequiredService<OneTimeLinks>().MakeAsync(OneTimeLinks.Setup, null, Lifetime, ct);
        return $"{options.PublicUrl.TrimEnd('/')}/setup#{secret}";
    }
}
