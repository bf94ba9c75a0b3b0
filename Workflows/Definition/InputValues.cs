using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition;

/// <summary>Turns inputs as written into inputs as meant: <c>{"path":"customer.name"}</c> becomes the value there, <c>{"template":"..."}</c> the text,
/// missing ones their default. A path means a field of the run's record, <c>item.field</c>, <c>steps.id.output</c> or <c>run.initiator</c>.</summary>
internal sealed class InputValues(Templates templates, Func<string, JsonNode?> at)
{
    /// <param name="edited">Inputs that a person corrected: they replace those of the step.</param>
    public Dictionary<string, JsonElement> Resolve(StepDescription description, IReadOnlyDictionary<string, JsonElement> inputs, JsonObject? edited)
    {
        var resolved = new Dictionary<string, JsonElement>();
        foreach (var input in description.Inputs)
        {
            JsonNode? written;
            if (edited?.TryGetPropertyValue(input.Key, out var correction) == true) written = correction;
            else if (!inputs.TryGetValue(input.Key, out var value)) written = input.Default;
            else if (!IsPlain(input.Type, value)) written = Node(value);
            else
            {
                if (value.ValueKind != JsonValueKind.Null) resolved[input.Key] = value;
                continue;
            }
            if (written is not null) resolved[input.Key] = JsonSerializer.SerializeToElement(Resolve(input.Type, written));
        }
        return resolved;
    }

    /// <summary>Whether an input means just what is written there: nothing is looked up for it.</summary>
    public static bool IsPlain(InputType type, JsonElement written) => type switch
    {
        InputType.Value => written.ValueKind != JsonValueKind.Object,
        InputType.FieldValues => written.ValueKind != JsonValueKind.Object || written.EnumerateObject().All(f => f.Value.ValueKind != JsonValueKind.Object),
        InputType.Json or InputType.Template or InputType.MailTemplate => false,
        _ => true,
    };

    /// <summary>Null for nothing.</summary>
    public static JsonNode? Node(JsonElement written) => written.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(written),
        JsonValueKind.Array => JsonArray.Create(written),
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        _ => JsonValue.Create(written),
    };

    private JsonNode? Resolve(InputType type, JsonNode written) => type switch
    {
        InputType.Value => Value(written),
        InputType.FieldValues when written is JsonObject fields => new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, Value(f.Value)))),
        InputType.Json => Inside(written),
        InputType.Template => Wording(written),
        _ => written.DeepClone(),
    };

    private JsonNode? Value(JsonNode? written) => written switch
    {
        JsonObject { Count: 1 } one when one["path"] is JsonValue path => at(path.GetValue<string>())?.DeepClone(),
        JsonObject { Count: 1 } one when one["template"] is JsonValue template => templates.Render(template.GetValue<string>(), at),
        _ => written?.DeepClone(),
    };

    private JsonNode? Inside(JsonNode? written) => written switch
    {
        JsonObject { Count: 1 } one when one.ContainsKey("path") || one.ContainsKey("template") => Value(one),
        JsonObject inner => new JsonObject(inner.Select(m => KeyValuePair.Create(m.Key, Inside(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Inside)]),
        _ => written?.DeepClone(),
    };

    /// <summary>A template in one language or in both.</summary>
    private JsonNode Wording(JsonNode written) => written is JsonObject both
        ? new JsonObject(both.Select(w => KeyValuePair.Create(w.Key, (JsonNode?)templates.Render(w.Value!.GetValue<string>(), at))))
        : templates.Render(written.GetValue<string>(), at);

    /// <summary>Values of fields as written under an input of that type.</summary>
    public JsonObject Fields(JsonElement written) => (JsonObject)Resolve(InputType.FieldValues, Node(written)!)!;

    public string Render(string template, bool html = false) => templates.Render(template, at, html);

    /// <summary>Every <c>{"path"}</c> and template name read by a JSON value.</summary>
    public static IEnumerable<string> Paths(JsonNode? written)
    {
        switch (written)
        {
            case JsonObject { Count: 1 } one when one["path"] is JsonValue path && path.GetValueKind() == JsonValueKind.String:
                return [path.GetValue<string>()];
            case JsonObject { Count: 1 } one when one["template"] is JsonValue template && template.GetValueKind() == JsonValueKind.String:
                return Templates.Names(template.GetValue<string>());
            case JsonObject inner: return inner.SelectMany(m => Paths(m.Value));
            case JsonArray list: return list.SelectMany(Paths);
            default: return [];
        }
    }
}
