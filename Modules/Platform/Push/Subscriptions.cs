using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Crm.Platform.Notifications;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Outside;
using Crm.Shared.Problems;
using MediatR;

namespace Crm.Platform.Push;

internal sealed record PushDevice(Guid Id, string Device, DateTime CreatedAt, string? Error);

internal sealed record ListDevices : IQuery<IReadOnlyList<PushDevice>>;

internal sealed class ListDevicesHandler(CurrentActor current, Session session) : IRequestHandler<ListDevices, IReadOnlyList<PushDevice>>
{
    public async Task<IReadOnlyList<PushDevice>> Handle(ListDevices request, CancellationToken ct) =>
        [.. (await session.QueryAsync<Row>("SELECT id, device, created_at, error FROM platform_push WHERE user_id = @me ORDER BY id", new { me = current.Value.UserId }, ct)).Select(r => new PushDevice(r.Id, r.Device, r.CreatedAt, r.Error))];

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Device { get; init; } = "";
        public DateTime CreatedAt { get; init; }
        public string? Error { get; init; }
    }
}

internal sealed record PushSecrets(string? P256dh, string? Auth);

/// <summary>This browser takes notices from now on. The same browser again replaces itself, whoever used it before.</summary>
internal sealed record Subscribe(string? Endpoint, PushSecrets? Keys, string? Device) : ICommand<PushDevice>;

internal sealed class SubscribeHandler(CurrentActor current, Session session, Reach reach, GuardedHttp http, Ids ids, TimeProvider time) : IRequestHandler<Subscribe, PushDevice>
{
    private const int MostDevices = 20;

    public async Task<PushDevice> Handle(Subscribe request, CancellationToken ct)
    {
        var me = current.Value.UserId ?? throw new Problem(401, "signedOut", []);
        var endpoint = GuardedHttp.Address(request.Endpoint);
        // Push services speak https; a host in configuration is trusted without.
        if (endpoint is null || request.Endpoint!.Length > 1000 || endpoint.Scheme != "https" && !http.IsAllowed(endpoint)) throw Problem.Invalid("endpoint", "push.endpoint");
        using var key = WebPush.Key(Decode(request.Keys?.P256dh));
        if (key is null) throw Problem.Invalid("keys.p256dh", "push.key");
        if (!WebPush.IsAuth(Decode(request.Keys!.Auth))) throw Problem.Invalid("keys.auth", "push.key");
        var device = string.IsNullOrWhiteSpace(request.Device) ? endpoint.Host : request.Device.Trim();
        var row = new
        {
            Id = ids.Next(),
            me,
            Endpoint = endpoint.AbsoluteUri,
            Hash = SHA256.HashData(Encoding.UTF8.GetBytes(endpoint.AbsoluteUri)),
            request.Keys.P256dh,
            request.Keys.Auth,
            Device = device.Length > 200 ? device[..200] : device,
            Now = time.UtcNow(),
        };
        await session.ExecuteAsync("DELETE FROM platform_push WHERE endpoint_hash = @Hash", row, ct);
        if (await session.FirstAsync<long>("SELECT COUNT(*) FROM platform_push WHERE user_id = @me", row, ct) >= MostDevices) throw Problem.Conflict("push.tooMany", MostDevices);
        await session.ExecuteAsync("INSERT INTO platform_push (id, user_id, endpoint, endpoint_hash, p256dh, auth, device, created_at) VALUES (@Id, @me, @Endpoint, @Hash, @P256dh, @Auth, @Device, @Now)", row, ct);
        await reach.ChangedAsync(session, ct);
        return new(row.Id, row.Device, row.Now, null);
    }

    private static byte[] Decode(string? text)
    {
        try { return text is null ? [] : Base64Url.DecodeFromChars(text); }
        catch (FormatException) { return []; }
    }
}

internal sealed record Unsubscribe(Guid Id) : ICommand<Nothing>;

internal sealed class UnsubscribeHandler(CurrentActor current, Session session, Reach reach) : IRequestHandler<Unsubscribe, Nothing>
{
    public async Task<Nothing> Handle(Unsubscribe request, CancellationToken ct)
    {
        if (await session.ExecuteAsync("DELETE FROM platform_push WHERE id = @Id AND user_id = @me", new { request.Id, me = current.Value.UserId }, ct) == 0) throw Problem.NotFound("push", request.Id);
        await reach.ChangedAsync(session, ct);
        return Nothing.Value;
    }
}
