using System.Net.Mail;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Work;

namespace Crm.Platform.Mailing;

internal enum MailState { Waiting, Sent, Failed }

/// <summary>Puts mail into the outbox, in the caller's transaction.</summary>
internal sealed class Mailer(Session session, WorkQueue queue, CrmOptions options, Ids ids, TimeProvider time) : IMailer
{
    private const string Columns = "id, mail_key, recipient, subject, html, plain, state, error, created_at";
    private const string Values = "@Id, @Key, @To, @Subject, @Html, @Plain, @State, @Error, @Now";

    public Task<bool> EnqueueAsync(string key, Mail mail, CancellationToken ct) => session.InTransactionAsync(async () =>
    {
        if (!MailAddress.TryCreate(mail.To, out _)) throw Problem.Invalid("to", "field.type.email");
        var html = mail.Html is null ? null : Html.Clean(mail.Html);
        // Without a server nothing is sent, and the outbox says so; once there is one it can be sent from there.
        var possible = options.Smtp.Host is not null;
        var row = new
        {
            Id = ids.Next(),
            Key = key,
            mail.To,
            Subject = string.Join(' ', mail.Subject.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)) is { Length: > 500 } subject ? subject[..500] : mail.Subject.ReplaceLineEndings(" "),
            Html = html,
            Plain = mail.Text ?? (html is null ? "" : Html.ToText(html)),
            State = (int)(possible ? MailState.Waiting : MailState.Failed),
            Error = possible ? null : "smtp.off",
            Now = time.UtcNow(),
        };
        if (!await session.InsertUnlessAsync("platform_mail", Columns, Values, "mail_key = @Key", row, ct)) return false;
        if (possible) await queue.EnqueueAsync(MailDelivery.WorkKind, row.Id.ToString(), new MailDelivery.Work(row.Id), Lane.Outside, null, ct);
        return true;
    }, ct);
}
