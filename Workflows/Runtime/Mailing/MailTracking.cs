using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using MediatR;

namespace Crm.Workflows.Runtime.Mailing;

/// <summary>Tracked mail: its links and a pixel lead through us. Addresses are kept with the mail and named by signed tokens, so that nobody can be sent elsewhere by a link of ours.</summary>
internal sealed class MailTracking(Session session, IRecords records, IMediator mediator, CurrentActor current, CrmOptions options, Ids ids, TimeProvider time)
{
    private const int Pixel = 0;
    private const int MostLinks = 200;

    /// <summary>The HTML with tracked links and pixel.</summary>
    public async Task<string> AddAsync(StepContext context, string? template, string html, CancellationToken ct)
    {
        var (id, secret, links) = (ids.Next(), RandomNumberGenerator.GetBytes(32), new List<string>());
        string Way(int index) => $"{options.PublicUrl.TrimEnd('/')}/api/v1/mail/{Token(id, index, secret)}";
        var tracked = MailHtml.Relink(html, link =>
        {
            var index = links.IndexOf(link);
            if (index < 0 && links.Count == MostLinks) return link;
            if (index < 0) (index, _) = (links.Count, Add(links, link));
            return Way(index + 1);
        });
        await session.ExecuteAsync("""
            INSERT INTO workflows_mail (id, secret, run_id, sop_key, step, template, record_type, record_id, links, sent_at)
            VALUES (@id, @secret, @RunId, @SopKey, @StepId, @template, @type, @record, @links, @now)
            """,
            new { id, secret, context.RunId, context.SopKey, context.StepId, template, type = context.Record.Type, record = context.Record.Id, links = JsonSerializer.Serialize(links, Stored.Json), now = time.UtcNow() }, ct);
        return $"{tracked}<img src=\"{Way(Pixel)}\" width=\"1\" height=\"1\" alt=\"\">";
    }

    /// <summary>Somebody opened the mail or followed a link. The first time of each is an event, and an opened link tells that the mail was.</summary>
    /// <returns>Where to go; null for the pixel.</returns>
    public async Task<string?> MeetAsync(string token, CancellationToken ct)
    {
        var (mail, index) = await FindAsync(token, ct) is { } found ? found : throw Problem.NotFound("mail", "");
        var link = index == Pixel ? null : mail.LinkAt(index) ?? throw Problem.NotFound("mail", "");
        if (mail.OpenedAt is null || link is not null && mail.ClickedAt is null) await session.InTransactionAsync(() => TellAsync(mail, link, ct), ct);
        return link;
    }

    private async Task TellAsync(Row mail, string? link, CancellationToken ct)
    {
        using var _ = current.As(Actor.System);
        if (await records.FindAsync(mail.RecordType, mail.RecordId, ct) is not { } record) return;
        var row = new { mail.Id, now = time.UtcNow() };
        if (await session.ExecuteAsync("UPDATE workflows_mail SET opened_at = @now WHERE id = @Id AND opened_at IS NULL", row, ct) > 0)
            await mediator.Publish(new RecordEvent(RecordEvents.MailOpened, ids.Next(), record, Told(mail)), ct);
        if (link is null || await session.ExecuteAsync("UPDATE workflows_mail SET clicked_at = @now WHERE id = @Id AND clicked_at IS NULL", row, ct) == 0) return;
        var told = Told(mail);
        told["link"] = link;
        await mediator.Publish(new RecordEvent(RecordEvents.MailClicked, ids.Next(), record, told), ct);
    }

    private static JsonObject Told(Row mail) => new() { ["template"] = mail.Template, ["run"] = mail.RunId.ToString() };

    private static bool Add(List<string> links, string link)
    {
        links.Add(link);
        return true;
    }

    private async Task<(Row Mail, int Index)?> FindAsync(string token, CancellationToken ct)
    {
        if (!Base64Url.IsValid(token, out var length) || length != 34) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        var (id, index) = (Stored.Id(bytes[..16]), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(16, 2)));
        var mail = await session.FirstAsync<Row>("SELECT id, secret, run_id, template, record_type, record_id, links, opened_at, clicked_at FROM workflows_mail WHERE id = @id", new { id }, ct);
        return mail is not null && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(18), Signature(bytes.AsSpan(0, 18), mail.Secret)) ? (mail, index) : null;
    }

    /// <summary>Mail, which of its links, and a signature only we can give.</summary>
    private static string Token(Guid id, int index, byte[] secret)
    {
        var bytes = new byte[34];
        Stored.Id(id).CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(16), (ushort)index);
        Signature(bytes.AsSpan(0, 18), secret).CopyTo(bytes, 18);
        return Base64Url.EncodeToString(bytes);
    }

    private static byte[] Signature(ReadOnlySpan<byte> of, byte[] secret) => HMACSHA256.HashData(secret, of)[..16];

    private sealed class Row
    {
        public Guid Id { get; init; }
        public byte[] Secret { get; init; } = [];
        public Guid RunId { get; init; }
        public string? Template { get; init; }
        public string RecordType { get; init; } = "";
        public Guid RecordId { get; init; }
        public string Links { get; init; } = "[]";
        public DateTime? OpenedAt { get; init; }
        public DateTime? ClickedAt { get; init; }

        public string? LinkAt(int index) => JsonSerializer.Deserialize<string[]>(Links, Stored.Json)!.ElementAtOrDefault(index - 1);
    }
}
