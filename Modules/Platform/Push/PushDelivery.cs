using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Crm.Platform.Notifications;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Outside;
using Crm.Shared.Work;

namespace Crm.Platform.Push;

/// <summary>Puts a notice on its way to the browsers of its reader, in the caller's transaction.</summary>
internal sealed class PushOut(WorkQueue queue)
{
    public async Task EnqueueAsync(Guid notification, IEnumerable<Guid> devices, CancellationToken ct)
    {
        foreach (var device in devices) await queue.EnqueueAsync(PushDelivery.WorkKind, $"{notification:N}/{device:N}", new PushDelivery.Work(notification, device), Lane.Outside, null, ct);
    }
}

/// <summary>Hands notices to push services. A browser that is gone is forgotten; a service that is away is asked again by the queue.</summary>
internal sealed class PushDelivery(Session session, PushKeys keys, GuardedHttp http, IDirectory people, Reach reach, CrmOptions options, TimeProvider time) : IOutsideHandler
{
    public const string WorkKind = "push";
    private const string Gone = "gone";
    private static readonly TimeSpan Proof = TimeSpan.FromHours(12);

    internal sealed record Work(Guid Notification, Guid Device);

    public string Kind => WorkKind;

    public async Task<string?> PerformAsync(WorkItem item, CancellationToken ct)
    {
        var work = Read(item);
        var device = await session.FirstAsync<Device>("SELECT user_id, endpoint, p256dh, auth FROM platform_push WHERE id = @Device", work, ct);
        var notice = await session.FirstAsync<Notice>("SELECT user_id, kind, title_zh, title_en, body_zh, body_en, link, read_at FROM platform_notification WHERE id = @Notification", work, ct);
        // Read meanwhile, or the browser is somebody else's by now: nothing to tell.
        if (device is null || notice is null || notice.ReadAt is not null || notice.UserId != device.UserId) return null;
        using var request = await RequestAsync(work, device, notice, ct);
        try
        {
            using var response = await http.SendAsync(request, ct);
            return Result(response);
        }
        catch (PrivateAddressException refused)
        {
            return refused.Message;
        }
    }

    /// <param name="result">Null where it was taken, else why not.</param>
    public async Task DoneAsync(WorkItem item, string? result, CancellationToken ct)
    {
        var work = Read(item);
        if (result != Gone) await NoteAsync(work, result, ct);
        else if (await session.ExecuteAsync("DELETE FROM platform_push WHERE id = @Device", work, ct) > 0) await reach.ChangedAsync(session, ct);
    }

    public Task FailedAsync(WorkItem item, Exception why, bool last, CancellationToken ct) => last ? NoteAsync(Read(item), why.Message, ct) : Task.CompletedTask;

    private Task NoteAsync(Work work, string? error, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE platform_push SET error = @error WHERE id = @Device", new { work.Device, error = error?.Length > 500 ? error[..500] : error }, ct);

    private async Task<HttpRequestMessage> RequestAsync(Work work, Device device, Notice notice, CancellationToken ct)
    {
        var zh = (await people.ReadAsync(ct)).Person(device.UserId)?.Locale.StartsWith("en", StringComparison.Ordinal) != true;
        var text = JsonSerializer.SerializeToUtf8Bytes(new { id = work.Notification, kind = notice.Kind, title = zh ? notice.TitleZh : notice.TitleEn, body = Cut(zh ? notice.BodyZh : notice.BodyEn), link = notice.Link }, Stored.Json);
        var target = new PushTarget(new(device.Endpoint), Base64Url.DecodeFromChars(device.P256dh), Base64Url.DecodeFromChars(device.Auth));
        using var key = await keys.PrivateAsync(ct);
        var request = new HttpRequestMessage(HttpMethod.Post, target.Endpoint) { Content = new ByteArrayContent(WebPush.Seal(target, text)) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", WebPush.Proof(target.Endpoint, key, Contact(), time.UtcNow() + Proof));
        request.Headers.Add("TTL", "86400");
        request.Headers.Add("Urgency", notice.Kind is "task" or "approval" ? "high" : "normal");
        // A push service keeps one message per topic: what is sent twice arrives once.
        request.Headers.Add("Topic", Base64Url.EncodeToString(work.Notification.ToByteArray(bigEndian: true)));
        return request;
    }

    private static string? Result(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return null;
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return Gone;
        var said = $"The push service answered {(int)response.StatusCode}";
        return response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError ? throw new HttpRequestException(said) : said;
    }

    private string Contact() => options.PublicUrl.StartsWith("https://", StringComparison.Ordinal) ? options.PublicUrl : $"mailto:{options.Smtp.From}";

    /// <summary>A message has room for four thousand bytes at most.</summary>
    private static string? Cut(string? text) => text?.Length > 500 ? text[..499] + "…" : text;

    private static Work Read(WorkItem item) => JsonSerializer.Deserialize<Work>(item.Payload, Stored.Json)!;

    private sealed class Device
    {
        public Guid UserId { get; init; }
        public string Endpoint { get; init; } = "";
        public string P256dh { get; init; } = "";
        public string Auth { get; init; } = "";
    }

    private sealed class Notice
    {
        public Guid UserId { get; init; }
        public string Kind { get; init; } = "";
        public string TitleZh { get; init; } = "";
        public string TitleEn { get; init; } = "";
        public string? BodyZh { get; init; }
        public string? BodyEn { get; init; }
        public string? Link { get; init; }
        public DateTime? ReadAt { get; init; }
    }
}
