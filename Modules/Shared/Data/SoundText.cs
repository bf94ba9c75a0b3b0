using System.Text.Json;
using System.Text.Unicode;

namespace Crm.Shared.Data;

/// <summary>Finds text in JSON that no database keeps and no answer carries: NUL, half of a surrogate pair, bytes that are no UTF-8. The reader of JSON lets it pass and fails where it is asked for.</summary>
public static class SoundText
{
    /// <summary>Where the first of it stands, as errors name places (<c>lines[2].name</c>), empty where the whole is text itself; null where all is sound or it is no JSON.</summary>
    public static string? BrokenAt(ReadOnlySpan<byte> json)
    {
        if (Utf8.IsValid(json) && json.IndexOf("\\u"u8) < 0) return null;
        var reader = new Utf8JsonReader(json);
        // Where we are: names of members, or how many elements were passed.
        var place = new Stack<object>();
        try
        {
            while (reader.Read())
            {
                if (place.TryPeek(out var at) && at is int passed && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.PropertyName))
                {
                    place.Pop();
                    place.Push(passed + 1);
                }
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray: place.Push(-1); break;
                    case JsonTokenType.EndArray: place.Pop(); break;
                    case JsonTokenType.StartObject: place.Push(""); break;
                    case JsonTokenType.EndObject: place.Pop(); break;
                    case JsonTokenType.PropertyName when Text(ref reader) is { } name:
                        place.Pop();
                        place.Push(name);
                        break;
                    case JsonTokenType.PropertyName or JsonTokenType.String when Text(ref reader) is null: return Said(place);
                }
            }
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        try { return reader.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null; }
        catch (InvalidOperationException) { return null; }
    }

    private static string Said(Stack<object> place) =>
        string.Concat(place.Reverse().Select(part => part is int index ? $"[{index}]" : part is "" ? "" : $".{part}")).TrimStart('.');
}
