using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using MediatR;

namespace Crm.Platform.Notifications;

internal sealed record NoticeInfo(Guid Id, DateTime At, string Kind, string Title, string? Body, string? Link, bool Read);

internal sealed record NoticePage(IReadOnlyList<NoticeInfo> Items, Guid? Next, long Unread);

/// <summary>One's own notices, newest first.</summary>
internal sealed record ListNotices(bool Unread, Guid? After, int Limit) : IQuery<NoticePage>;

internal sealed class ListNoticesHandler(CurrentActor current, Session session) : IRequestHandler<ListNotices, NoticePage>
{
    private const int MostUnread = 1000;

    public async Task<NoticePage> Handle(ListNotices request, CancellationToken ct)
    {
        if (request.Limit is < 1 or > 200) throw Problem.Invalid("limit", "list.limit", 1, 200);
        var (me, limit) = (current.Value.UserId, session.Dialect.Limit("@n"));
        var rows = await session.QueryAsync<Row>($"""
            SELECT id, at, kind, title_zh, title_en, body_zh, body_en, link, read_at FROM platform_notification
            WHERE user_id = @me AND in_page = 1 {(request.Unread ? "AND read_at IS NULL" : "")} {(request.After is null ? "" : "AND id < @After")}
            ORDER BY id DESC {limit}
            """, new { me, request.After, n = request.Limit + 1 }, ct);
        var unread = await session.FirstAsync<long>(
            $"SELECT COUNT(*) FROM (SELECT id FROM platform_notification WHERE user_id = @me AND in_page = 1 AND read_at IS NULL ORDER BY id {limit}) u", new { me, n = MostUnread }, ct);
        var zh = !current.Value.Locale.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var items = rows.Take(request.Limit).Select(r => new NoticeInfo(r.Id, r.At, r.Kind, zh ? r.TitleZh : r.TitleEn, zh ? r.BodyZh : r.BodyEn, r.Link, r.ReadAt is not null)).ToArray();
        return new(items, rows.Count > request.Limit ? items[^1].Id : null, unread);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public DateTime At { get; init; }
        public string Kind { get; init; } = "";
        public string TitleZh { get; init; } = "";
        public string TitleEn { get; init; } = "";
        public string? BodyZh { get; init; }
        public string? BodyEn { get; init; }
        public string? Link { get; init; }
        public DateTime? ReadAt { get; init; }
    }
}

/// <summary>One notice, or all up to now when none is named.</summary>
internal sealed record MarkRead(Guid? Id) : ICommand<Nothing>;

internal sealed class MarkReadHandler(CurrentActor current, Session session, ILive live, TimeProvider time) : IRequestHandler<MarkRead, Nothing>
{
    public async Task<Nothing> Handle(MarkRead request, CancellationToken ct)
    {
        var me = current.Value.UserId ?? throw new Problem(401, "signedOut", []);
        var args = new { me, request.Id, now = time.UtcNow() };
        var read = await session.ExecuteAsync(
            $"UPDATE platform_notification SET read_at = @now WHERE user_id = @me AND in_page = 1 AND read_at IS NULL {(request.Id is null ? "" : "AND id = @Id")}", args, ct);
        if (read == 0 && request.Id is { } id && await session.FirstAsync<int?>("SELECT 1 FROM platform_notification WHERE id = @Id AND user_id = @me", args, ct) is null)
            throw Problem.NotFound("notification", id);
        // Other open pages of the same person show it as read, too.
        if (read > 0) session.AfterCommit(() => live.Tell([me], new LiveHint("notification", null, request.Id, "updated")));
        return Nothing.Value;
    }
}
