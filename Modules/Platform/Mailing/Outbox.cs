using System.Text.Json;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Work;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Mailing;

internal sealed record MailInfo(Guid Id, string To, string Subject, MailState State, int Attempts, string? Error, IReadOnlyList<MailTry> Tries, DateTime CreatedAt, DateTime? SentAt, DateTime? NextAt);

/// <summary>What became of mail, newest first.</summary>
[Requires("outbox.manage")]
internal sealed record ListMail(MailState State, Guid? After, int Limit) : IQuery<Listed<MailInfo>>;

internal sealed class ListMailHandler(CurrentActor current, Session session, Texts texts) : IRequestHandler<ListMail, Listed<MailInfo>>
{
    public async Task<Listed<MailInfo>> Handle(ListMail request, CancellationToken ct)
    {
        if (request.Limit is < 1 or > 200) throw Problem.Invalid("limit", "list.limit", 1, 200);
        var rows = await session.QueryAsync<Row>($"""
            SELECT id, recipient, subject, attempts, error, tries, created_at, sent_at, next_at FROM platform_mail
            WHERE state = @state {(request.After is null ? "" : "AND id < @After")} ORDER BY id DESC {session.Dialect.Limit("@n")}
            """, new { state = (int)request.State, request.After, n = request.Limit + 1 }, ct);
        var items = rows.Take(request.Limit).Select(r => new MailInfo(r.Id, r.Recipient, r.Subject, request.State, r.Attempts,
            r.Error is null ? null : texts.Get(current.Value.Locale, r.Error), JsonSerializer.Deserialize<MailTry[]>(r.Tries, Stored.Json)!, r.CreatedAt, r.SentAt, r.NextAt)).ToArray();
        return new(items, rows.Count > request.Limit ? items[^1].Id : null);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Recipient { get; init; } = "";
        public string Subject { get; init; } = "";
        public int Attempts { get; init; }
        public string? Error { get; init; }
        public string Tries { get; init; } = "[]";
        public DateTime CreatedAt { get; init; }
        public DateTime? SentAt { get; init; }
        public DateTime? NextAt { get; init; }
    }
}

/// <summary>Sends what failed, or waits for its next attempt, at once.</summary>
[Requires("outbox.manage")]
internal sealed record RetryMail(Guid Id) : ICommand<Nothing>;

internal sealed class RetryMailHandler(Session session, WorkQueue queue, CrmOptions options) : IRequestHandler<RetryMail, Nothing>
{
    public async Task<Nothing> Handle(RetryMail request, CancellationToken ct)
    {
        if (options.Smtp.Host is null) throw Problem.Conflict("smtp.off");
        if (await session.ExecuteAsync("UPDATE platform_mail SET state = 0, attempts = 0, next_at = NULL WHERE id = @Id AND state <> 1", new { request.Id }, ct) == 0)
            throw Problem.NotFound("mail", request.Id);
        await queue.CancelAsync(MailDelivery.WorkKind, request.Id.ToString(), ct);
        await queue.EnqueueAsync(MailDelivery.WorkKind, request.Id.ToString(), new MailDelivery.Work(request.Id), Lane.Outside, null, ct);
        return Nothing.Value;
    }
}

internal sealed class FailedMail(Session session) : IHealthPart
{
    public string Name => "failedMail";

    public async Task<object?> ReadAsync(CancellationToken ct) =>
        await session.FirstAsync<long>($"SELECT COUNT(*) FROM (SELECT id FROM platform_mail WHERE state = 2 ORDER BY id {session.Dialect.Limit("@n")}) f", new { n = 1000 }, ct);
}

internal static class OutboxEndpoints
{
    public static void MapOutbox(this IEndpointRouteBuilder api)
    {
        api.MapGet("outbox", (IMediator mediator, CancellationToken ct, string state = "failed", Guid? after = null, int limit = 50) =>
            mediator.Send(new ListMail(Enum.TryParse<MailState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : throw Problem.Invalid("state", "field.option", state), after, limit), ct));
        api.MapPost("outbox/{id:guid}/retry", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RetryMail(id), ct);
            return Results.NoContent();
        });
    }
}
