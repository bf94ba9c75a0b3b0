using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using MediatR;

namespace Crm.Shared.Records;

/// <summary>Writes what a change leaves behind: one row that is audit entry and event, and its places on timelines; then tells those who react in the same transaction.</summary>
internal sealed class ChangeLog(Session session, IMediator mediator, TimeProvider time)
{
    public async Task WriteAsync(RecordChange change, CancellationToken ct)
    {
        var (now, kind) = (time.UtcNow(), change.Options.Kind ?? KindName(change.Kind));
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await session.ExecuteAsync("""
            INSERT INTO shared_change (id, at, record_type, record_id, record_name, kind, actor_id, actor_name, source, cause, note, changes)
            VALUES (@id, @now, @type, @record, @name, @kind, @actorId, @actorName, @source, @cause, @note, @changes)
            """,
            new
            {
                id,
                now,
                type = change.Type.Key,
                record = change.After.Id,
                name = Cut(change.After.Name, 300),
                kind,
                actorId = change.Actor.UserId,
                actorName = Cut(change.Actor.Name, 200),
                source = (int)change.Actor.Source,
                cause = change.Actor.Cause is { } cause ? JsonSerializer.Serialize(cause, Stored.Json) : null,
                note = change.Options.Note is { } note ? Cut(note, 2000) : null,
                changes = Changes(change),
            }, ct);
        foreach (var record in Timelines(change))
            await session.ExecuteAsync("INSERT INTO shared_timeline (record_id, change_id) VALUES (@record, @id)", new { record, id }, ct);
        await mediator.Publish(new RecordChanged(id, now, kind, change), ct);
    }

    private static IEnumerable<Guid> Timelines(RecordChange change) =>
        change.Type.TimelineOn.Select(change.After.Reference).OfType<Guid>().Prepend(change.After.Id).Distinct();

    /// <summary><c>{"stage":["propose","quote"]}</c>, values in their stored JSON form.</summary>
    private static string Changes(RecordChange change)
    {
        var changes = new Dictionary<string, object?[]>();
        foreach (var field in change.ChangedFields)
            changes[field.Key] = [Json(field, change.Before?[field.Key]), Json(field, change.After[field.Key])];
        return JsonSerializer.Serialize(changes, Stored.Json);
    }

    private static object? Json(Field field, object? value) => value is null ? null : field.Type == FieldType.Lines ? value : FieldStorage.ToJson(field, value);

    private static string KindName(ChangeKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
