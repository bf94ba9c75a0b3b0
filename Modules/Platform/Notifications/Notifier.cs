using System.Data;
using System.Net;
using Crm.Platform.Push;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;

namespace Crm.Platform.Notifications;

/// <summary>Stores a notice for each person once, hints at it when it stands, and mails and pushes it to those who want that.</summary>
internal sealed class Notifier(Session session, IDirectory people, Reach reach, IMailer mailer, PushOut push, ILive live, CrmOptions options, Ids ids, TimeProvider time) : INotifier
{
    private static readonly Statement Insert = Statement.InsertUnless("platform_notification",
    [
        ("id", null), ("user_id", null), ("at", DbType.DateTime2), ("kind", null), ("title_zh", null), ("title_en", null), ("body_zh", null), ("body_en", null), ("link", null),
        ("dedupe_key", null), ("in_page", null),
    ], "user_id = @user_id AND dedupe_key = @dedupe_key");

    public Task NotifyAsync(IReadOnlyCollection<Guid> users, Notice notice, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        var view = await people.ReadAsync(ct);
        var active = users.Distinct().Select(u => view.Person(u)).OfType<Person>().Where(p => p.Active).ToArray();
        if (active.Length == 0) return;
        session.Rehearsal?.Tell(new Notified([.. active.Select(p => p.Id)], notice, time.UtcNow()));
        var wants = await reach.ReadAsync(ct);
        var told = new List<Guid>();
        foreach (var person in active)
        {
            var (inPage, mail, pushed) = wants.Of(person.Id, notice.Kind);
            var id = ids.Next();
            // Stored whatever the choice: the row is also what keeps it from being sent twice.
            if (!await AddAsync(id, person.Id, notice, inPage, ct)) continue;
            if (inPage) told.Add(person.Id);
            if (mail && options.Smtp.Host is not null) await mailer.EnqueueAsync($"notice-{id}", MailFor(person, notice), ct);
            if (pushed) await push.EnqueueAsync(id, wants.Devices[person.Id], ct);
        }
        if (told.Count > 0) session.AfterCommit(() => live.Tell(told, new LiveHint("notification", null, null, "created")));
    }, ct);

    public Task SettleAsync(Guid user, string about, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        // "0" comes right after "/": a stretch of the index, whatever else the person has been told.
        var read = await session.ExecuteAsync("UPDATE platform_notification SET read_at = @now WHERE user_id = @user AND dedupe_key > @from AND dedupe_key < @to AND read_at IS NULL",
            new { now = time.UtcNow(), user, from = about + "/", to = about + "0" }, ct);
        if (read > 0) session.AfterCommit(() => live.Tell([user], new LiveHint("notification", null, null, "updated")));
    }, ct);

    private Task<bool> AddAsync(Guid id, Guid user, Notice notice, bool inPage, CancellationToken ct) => session.InsertUnlessAsync(Insert,
    [
        Stored.Id(id), Stored.Id(user), session.Dialect.Filters.ToDb(time.UtcNow()), notice.Kind, Cut(notice.Title.Zh, 300), Cut(notice.Title.En, 300),
        Cut(notice.Body?.Zh, 2000), Cut(notice.Body?.En, 2000), notice.Link, notice.DedupeKey, inPage ? 1 : 0,
    ], ct);

    private Mail MailFor(Person person, Notice notice)
    {
        var (title, body) = (notice.Title.In(person.Locale), notice.Body?.In(person.Locale));
        var link = notice.Link is null ? null : options.PublicUrl.TrimEnd('/') + notice.Link;
        var open = new Label("在 CRM 中打开", "Open in the CRM").In(person.Locale);
        var html = $"<h3>{WebUtility.HtmlEncode(title)}</h3>"
            + (body is null ? "" : $"<p>{WebUtility.HtmlEncode(body).Replace("\n", "<br>", StringComparison.Ordinal)}</p>")
            + (link is null ? "" : $"""<p><a href="{WebUtility.HtmlEncode(link)}">{open}</a></p>""");
        return new(person.Email, title, html, string.Join("\n\n", new[] { title, body, link }.OfType<string>()));
    }

    private static string? Cut(string? text, int most) => text?.Length > most ? text[..(most - 1)] + "…" : text;
}
