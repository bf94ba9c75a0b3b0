using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crm.Platform.Settings;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Settings;
using Crm.Shared.Work;

namespace Crm.Platform.Mailing;

/// <summary>Hands mail to the server. A server that is away is asked again for two days; what it refuses for good is not tried again until a person says so.</summary>
internal sealed class MailDelivery(Session session, WorkQueue queue, ISettings settings, CrmOptions options, TimeProvider time) : IOutsideHandler
{
    public const string WorkKind = "mail";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    internal sealed record Work(Guid Id);

    /// <summary>What became of an attempt that failed.</summary>
    private sealed record Failure(string Error, bool Final);

    public string Kind => WorkKind;

    public async Task<string?> PerformAsync(WorkItem item, CancellationToken ct)
    {
        if (await MailAsync(item, ct) is not { State: MailState.Waiting } mail) return null;
        try
        {
            await SendAsync(mail, ct);
            return null;
        }
        catch (Exception why) when (why is SmtpException or OperationCanceledException or IOException or FormatException && !ct.IsCancellationRequested)
        {
            return JsonSerializer.Serialize(new Failure(Tell(why), IsFinal(why)), Stored.Json);
        }
    }

    public async Task DoneAsync(WorkItem item, string? result, CancellationToken ct)
    {
        if (await MailAsync(item, ct) is not { State: MailState.Waiting } mail) return;
        var now = time.UtcNow();
        if (result is null)
        {
            await session.ExecuteAsync("UPDATE platform_mail SET state = 1, sent_at = @now, attempts = attempts + 1, error = NULL, next_at = NULL WHERE id = @Id", new { mail.Id, now }, ct);
            return;
        }
        var failure = JsonSerializer.Deserialize<Failure>(result, Stored.Json)!;
        DateTime? next = failure.Final || mail.Attempts >= Delays.Length ? null : now + Spread(Delays[mail.Attempts]);
        await NoteAsync(mail, failure.Error, next, ct);
        if (next is { } due) await queue.EnqueueAsync(WorkKind, mail.Id.ToString(), new Work(mail.Id), Lane.Outside, due, ct);
    }

    /// <summary>Something other than the mail server failed; the queue tries again by itself until the last time.</summary>
    public async Task FailedAsync(WorkItem item, Exception why, bool last, CancellationToken ct)
    {
        if (last && await MailAsync(item, ct) is { State: MailState.Waiting } mail) await NoteAsync(mail, Tell(why), null, ct);
    }

    private async Task NoteAsync(Row mail, string error, DateTime? next, CancellationToken ct)
    {
        var tries = JsonSerializer.Deserialize<List<MailTry>>(mail.Tries, Stored.Json)!;
        tries.Add(new(time.UtcNow(), error));
        await session.ExecuteAsync("UPDATE platform_mail SET state = @state, attempts = attempts + 1, error = @error, tries = @tries, next_at = @next WHERE id = @Id",
            new { mail.Id, state = (int)(next is null ? MailState.Failed : MailState.Waiting), error, tries = JsonSerializer.Serialize(tries.TakeLast(20), Stored.Json), next }, ct);
    }

    private async Task SendAsync(Row mail, CancellationToken ct)
    {
        var smtp = options.Smtp;
        using var message = new MailMessage(new MailAddress(smtp.From, await settings.ReadAsync(PlatformSettings.Company, ct) as string, Encoding.UTF8), new MailAddress(mail.Recipient))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Plain,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", MessageId(mail.MailKey, smtp.From));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.Html is not null) message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.Tls };
        if (smtp.User is not null) client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        await client.SendMailAsync(message, either.Token);
    }

    /// <summary>The same for every attempt of one mail, so that a receiver who got it twice can see that it is one.</summary>
    internal static string MessageId(string key, string from) =>
        $"<{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40]}@{new MailAddress(from).Host}>";

    private static bool IsFinal(Exception why) => why is FormatException || why is SmtpException
    {
        StatusCode: SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.TransactionFailed,
    };

    private static string Tell(Exception why)
    {
        var text = why is OperationCanceledException ? "The mail server did not answer in time" : why.InnerException is { } inner ? $"{why.Message} {inner.Message}" : why.Message;
        return text.Length > 2000 ? text[..2000] : text;
    }

    /// <summary>A tenth more or less, so that what failed together does not return together.</summary>
    private static TimeSpan Spread(TimeSpan delay) => delay * (0.9 + 0.2 * Random.Shared.NextDouble());

    private Task<Row?> MailAsync(WorkItem item, CancellationToken ct) => session.FirstAsync<Row>(
        "SELECT id, mail_key, recipient, subject, html, plain, state, attempts, tries FROM platform_mail WHERE id = @Id", JsonSerializer.Deserialize<Work>(item.Payload, Stored.Json), ct);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string MailKey { get; init; } = "";
        public string Recipient { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? Html { get; init; }
        public string Plain { get; init; } = "";
        public MailState State { get; init; }
        public int Attempts { get; init; }
        public string Tries { get; init; } = "[]";
    }
}

/// <summary>An attempt that failed.</summary>
internal sealed record MailTry(DateTime At, string Error);
