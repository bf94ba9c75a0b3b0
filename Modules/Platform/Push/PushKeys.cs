using System.Buffers.Text;
using System.Security.Cryptography;
using Crm.Shared.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Platform.Push;

/// <summary>The company's key pair for push services: in the database, so that all hosts share it, and never anywhere else.</summary>
internal sealed class PushKeys(Session session, TimeProvider time)
{
    public async Task<string> PublicAsync(CancellationToken ct) => (await ReadAsync(ct)).PublicKey;

    public async Task<ECDsa> PrivateAsync(CancellationToken ct)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Base64Url.DecodeFromChars((await ReadAsync(ct)).PrivateKey), out _);
        return key;
    }

    private async Task<Row> ReadAsync(CancellationToken ct)
    {
        const string sql = "SELECT public_key, private_key FROM platform_push_key WHERE id = 1";
        if (await session.FirstAsync<Row>(sql, null, ct) is { } known) return known;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var row = new { Public = Base64Url.EncodeToString(WebPush.Point(key.ExportParameters(false))), Private = Base64Url.EncodeToString(key.ExportPkcs8PrivateKey()), Now = time.UtcNow() };
        // Two hosts may start at once: the first one's stands.
        await session.InTransactionAsync(() => session.InsertUnlessAsync("platform_push_key", "id, public_key, private_key, created_at", "1, @Public, @Private, @Now", "id = 1", row, ct), ct);
        return (await session.FirstAsync<Row>(sql, null, ct))!;
    }

    private sealed class Row
    {
        public string PublicKey { get; init; } = "";
        public string PrivateKey { get; init; } = "";
    }
}

/// <summary>Makes the keys at the first start.</summary>
internal sealed class PushKeysAtStart(IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PushKeys>().PublicAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
