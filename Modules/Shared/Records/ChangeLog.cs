using System.Buffers;
using System.Data;
using System.Text;
using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using MediatR;

namespace Crm.Shared.Records;

/// <summary>Writes what a change leaves behind: one row that is audit entry and event, and its places on timelines; then tells those who react in the same transaction.</summary>
internal sealed class ChangeLog(Session session, IMediator mediator, Ids ids, TimeProvider time)
{
    private static readonly Statement Insert = Statement.Insert("shared_change",
    [
        ("id", null), ("at", DbType.DateTime2), ("record_type", null), ("record_id", null), ("record_name", null), ("kind", null), ("actor_id", DbType.Binary),
        ("actor_name", null), ("source", null), ("cause", null), ("note", null), ("changes", null),
    ]);
    private static readonly Statement OnTimeline = Statement.Insert("shared_timeline", [("record_id", null), ("change_id", null)]);

    public async Task WriteAsync(RecordChange change, CancellationToken ct)
    {
        var (now, kind) = (time.UtcNow(), change.Options.Kind ?? KindName(change.Kind));
        var id = ids.Next();
        await session.RepeatAsync(Insert,
        [
            Stored.Id(id),
            session.Dialect.Filters.ToDb(now),
            change.Type.Key,
            Stored.Id(change.After.Id),
            Cut(change.After.Name, 300),
            kind,
            Stored.Id(change.Actor.UserId),
            Cut(change.Actor.Name, 200),
            (int)change.Actor.Source,
            change.Actor.Cause is { } cause ? JsonSerializer.Serialize(cause, Stored.Json) : null,
            change.Options.Note is { } note ? Cut(note, 2000) : null,
            Changes(change),
        ], ct);
        foreach (var record in Timelines(change)) await session.RepeatAsync(OnTimeline, [Stored.Id(record), Stored.Id(id)], ct);
        await mediator.Publish(new RecordChanged(id, now, kind, change), ct);
    }

    private static IEnumerable<Guid> Timelines(RecordChange change) =>
        change.Type.TimelineOn.Select(change.After.Reference).OfType<Guid>().Prepend(change.After.Id).Distinct();

    /// <summary><c>{"stage":["propose","quote"]}</c>, values in their stored JSON form.</summary>
    private static string Changes(RecordChange change)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Stored.JsonWriter))
        {
            json.WriteStartObject();
            foreach (var field in change.ChangedFields)
            {
                json.WriteStartArray(field.Key);
                Write(json, field, change.Before?[field.Key]);
                Write(json, field, change.After[field.Key]);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Field field, object? value)
    {
        switch (value is null || field.Type == FieldType.Lines ? value : FieldStorage.ToJson(field, value))
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case long number: json.WriteNumberValue(number); break;
            case int flag: json.WriteNumberValue(flag); break;
            case var other: JsonSerializer.Serialize(json, other, Stored.Json); break;
        }
    }

    private static string KindName(ChangeKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
