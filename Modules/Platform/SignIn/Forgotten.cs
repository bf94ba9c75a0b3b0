using System.Net;
using System.Text.Json;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using MediatR;

namespace Crm.Platform.SignIn;

/// <summary>Somebody says they forgot their password. The answer, and the work it takes, are the same whether or not there is such an address.</summary>
internal sealed record ForgotPassword(string? Email) : ICommand<ForgotAnswer>;

/// <param name="MailOn">False where no mail can be sent at all: then an administrator makes a link.</param>
internal sealed record ForgotAnswer(bool MailOn);

internal sealed class ForgotPasswordHandler(WorkQueue queue, CrmOptions options) : IRequestHandler<ForgotPassword, ForgotAnswer>
{
    public async Task<ForgotAnswer> Handle(ForgotPassword request, CancellationToken ct)
    {
        var email = request.Email?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(email)) throw Problem.Invalid("email", "field.required");
        if (email.Length > 200) throw Problem.Invalid("email", "field.tooLong", 200, email.Length);
        if (options.Smtp.Host is not null) await queue.EnqueueAsync(ForgottenHandler.WorkKind, email, new ForgottenHandler.Work(email), Lane.Normal, null, ct);
        return new(options.Smtp.Host is not null);
    }
}

/// <summary>Mails the link that sets a new password; at most one in five minutes, so that nobody's mailbox can be flooded.</summary>
internal sealed class ForgottenHandler(Session session, IDirectory people, OneTimeLinks links, IMailer mailer, CrmOptions options, Texts texts, TimeProvider time) : IWorkHandler
{
    public const string WorkKind = "forgotPassword";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1), Pause = TimeSpan.FromMinutes(5);

    internal sealed record Work(string Email);

    public string Kind => WorkKind;

    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var email = JsonSerializer.Deserialize<Work>(item.Payload, Stored.Json)!.Email;
        var id = await session.FirstAsync<Guid?>("SELECT id FROM platform_user WHERE email = @email AND deleted_at IS NULL", new { email }, ct);
        if ((await people.ReadAsync(ct)).Person(id) is not { Active: true } person) return;
        var since = time.UtcNow() - Pause;
        if (await session.FirstAsync<int?>("SELECT 1 FROM platform_link WHERE purpose = @purpose AND user_id = @id AND created_at > @since", new { purpose = OneTimeLinks.Forgotten, id, since }, ct) is not null) return;
        var secret = await links.MakeAsync(OneTimeLinks.Forgotten, person.Id, Lifetime, ct);
        await mailer.EnqueueAsync($"forgot-{item.Id:N}", Mail(person, $"{options.PublicUrl.TrimEnd('/')}/password#{secret}"), ct);
    }

    private Mail Mail(Person person, string link)
    {
        string Say(string code, params object?[] args) => texts.Get(person.Locale, code, args);
        var html = $"""
            <p>{WebUtility.HtmlEncode(Say("forgot.hello", person.Name))}</p>
            <p><a href="{WebUtility.HtmlEncode(link)}">{Say("forgot.set")}</a></p>
            <p>{Say("forgot.note")}</p>
            """;
        return new(person.Email, Say("forgot.subject"), html, $"{Say("forgot.hello", person.Name)}\n\n{link}\n\n{Say("forgot.note")}");
    }
}
