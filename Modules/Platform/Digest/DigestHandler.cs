using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Work;

namespace Crm.Platform.Digest;

/// <summary>Mails the day's work, once a day: the mail's key names the day.</summary>
internal sealed class DigestHandler(Session session, DigestClock clock, IDirectory people, IEnumerable<IDigest> parts, IMailer mailer, CrmOptions options, Texts texts, TimeProvider time) : IWorkHandler
{
    public string Kind => DigestClock.WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var user = JsonSerializer.Deserialize<DigestClock.Work>(item.Payload, Stored.Json)!.User;
        if (await session.FirstAsync<int?>("SELECT at_hour FROM platform_digest WHERE user_id = @user", new { user }, ct) is not { } hour) return;
        await clock.SetAsync(user, hour, ct);
        var today = await clock.TodayAsync(user, ct);
        if (!today.Worked || options.Smtp.Host is null || (await people.ReadAsync(ct)).Person(user) is not { Active: true } person) return;
        var sections = new List<DigestSection>();
        foreach (var part in parts) sections.AddRange(await part.ReadAsync(user, time.UtcNow(), today.Ends, ct));
        // Nobody needs a mail that says nothing.
        if (sections.Count > 0) await mailer.EnqueueAsync($"digest-{user:N}-{today.Date:yyyy-MM-dd}", Mail(person, today, sections), ct);
    }

    private Mail Mail(Person person, DigestClock.Day today, List<DigestSection> sections)
    {
        var locale = person.Locale;
        string Say(string code, params object?[] args) => texts.Get(locale, code, args);
        var total = sections.Sum(s => s.Items.Count + s.More);
        var html = new StringBuilder($"<p>{Html(Say("digest.hello", person.Name))}</p>");
        foreach (var section in sections)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{Html(section.Title.In(locale))} ({section.Items.Count + section.More})</h3><ul>");
            foreach (var item in section.Items) html.Append(CultureInfo.InvariantCulture, $"""<li><a href="{Html(Link(item.Link))}">{Html(item.Title.In(locale))}</a>{Due(item, today, Say)}</li>""");
            html.Append("</ul>");
            if (section.More > 0) html.Append(CultureInfo.InvariantCulture, $"<p>{Html(Say("digest.more", section.More))}</p>");
        }
        html.Append(CultureInfo.InvariantCulture, $"""<p><a href="{Html(Link("/"))}">{Html(Say("digest.open"))}</a></p><p><small>{Html(Say("digest.why"))}</small></p>""");
        return new(person.Email, Say("digest.subject", total, today.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), html.ToString(), null);
    }

    /// <summary>Days as they are counted where the reader lives.</summary>
    private static string Due(DigestItem item, DigestClock.Day today, Func<string, object?[], string> say)
    {
        if (item.DueAt is not { } due) return "";
        var local = today.Date.ToDateTime(TimeOnly.MinValue) + (due - today.Begins);
        var text = due < today.Begins || due >= today.Ends ? local.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) : local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return $" <small>{Html(say("digest.due", [text]))}</small>";
    }

    private string Link(string path) => options.PublicUrl.TrimEnd('/') + path;

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
