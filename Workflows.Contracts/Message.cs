using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Workflows.Contracts;

/// <summary>Something said to people by code: the texts stand in <c>Texts/*.json</c>, in both languages. Survives JSON.</summary>
/// <param name="Code">Key of a text resource.</param>
/// <param name="Args">Values for the text's placeholders {0}, {1}...: plain ones, <see cref="Label"/>s and messages.</param>
[JsonConverter(typeof(MessageConverter))]
public sealed record Message(string Code, params IReadOnlyList<object?> Args)
{
    public Label In(Texts texts) => new(Say(texts, "zh"), Say(texts, "en"));

    private string Say(Texts texts, string locale) => texts.Get(locale, Code, [.. Args.Select(a => a switch
    {
        Label label => label.In(locale),
        Message message => message.Say(texts, locale),
        _ => a,
    })]);
}

internal sealed class MessageConverter : JsonConverter<Message>
{
    public override Message Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(JsonNode.Parse(ref reader)!);

    private static Message Read(JsonNode node) =>
        new(node["code"]!.GetValue<string>(), [.. (node["args"] as JsonArray ?? []).Select(Arg)]);

    private static object? Arg(JsonNode? node) => node switch
    {
        JsonObject message when message.ContainsKey("code") => Read(message),
        JsonObject label => new Label(label["zh"]!.GetValue<string>(), label["en"]!.GetValue<string>()),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number => value.GetValue<decimal>(),
            JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
            _ => value.ToJsonString(),
        },
        _ => null,
    };

    public override void Write(Utf8JsonWriter writer, Message value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("code", value.Code);
        if (value.Args.Count > 0)
        {
            writer.WriteStartArray("args");
            foreach (var arg in value.Args) JsonSerializer.Serialize(writer, arg, arg?.GetType() ?? typeof(object), options);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
