using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition;

/// <summary>Reads and writes SOPs as JSON. Reading throws <see cref="JsonException"/>; validate drafts with <see cref="SopValidator"/> first.</summary>
internal static class SopJson
{
    public static JsonSerializerOptions Options => ContractJson.Options;

    public static Sop Read(string json) => JsonSerializer.Deserialize<Sop>(json, Options) ?? throw new JsonException("An SOP is an object.");
    public static Sop Read(JsonElement json) => json.Deserialize<Sop>(Options) ?? throw new JsonException("An SOP is an object.");
    public static bool Same<T>(T a, T b) => JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options);
    public static string Write(Sop sop) => JsonSerializer.Serialize(sop, Options);

    /// <summary>Where it stopped to make sense; what the reader says of it is for programmers, and in English.</summary>
    public static string PlaceOf(JsonException why) => why.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : "$";

    /// <summary>Reads what somebody sent or wrote.</summary>
    /// <exception cref="Problem">400 <c>sop.draftUnreadable</c>, with the place.</exception>
    public static T OrRefuse<T>(Func<T> read)
    {
        try { return read(); }
        catch (JsonException why) { throw Unreadable(why); }
    }

    public static Problem Unreadable(JsonException why) => Problem.Invalid(PlaceOf(why).TrimStart('$'), "sop.draftUnreadable", PlaceOf(why));
}

/// <summary>Gives every kind the same wire form: what describes the step stands under <c>inputs</c>, its lists of steps beside them.</summary>
internal sealed class StepConverter : JsonConverter<Step>
{
    private static readonly string[] Outer = ["id", "kind", "name", "paths", "else", "steps", "timedOut"];

    public override bool CanConvert(Type type) => type == typeof(Step);

    public override Step Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (JsonNode.Parse(ref reader) is not JsonObject wire) throw new JsonException("A step is an object.");
        var kind = wire["kind"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new JsonException("A step has a kind.");
        if (!StepKinds.Types.TryGetValue(kind, out var typed))
            return new Act(kind)
            {
                Id = wire["id"].Deserialize<string>(options) ?? throw new JsonException("A step has an id."),
                Name = wire["name"].Deserialize<Label>(options),
                Inputs = wire["inputs"].Deserialize<Dictionary<string, JsonElement>>(options) ?? [],
            };
        var flat = new JsonObject();
        foreach (var (key, member) in wire)
            if (key != "inputs" && key != "kind") flat[key] = member?.DeepClone();
        if (wire["inputs"] is JsonObject inputs)
            foreach (var (key, member) in inputs) flat[key] = member?.DeepClone();
        try
        {
            return (Step)flat.Deserialize(typed, options)!;
        }
        catch (JsonException why)
        {
            // Read apart from the whole, it knows its place in the step only.
            throw new JsonException(why.Message, $"{wire["id"]}.{why.Path?.TrimStart('$').TrimStart('.')}", null, null, why);
        }
    }

    public override void Write(Utf8JsonWriter writer, Step step, JsonSerializerOptions options)
    {
        var wire = new JsonObject { ["id"] = step.Id, ["kind"] = step.Kind };
        if (step is Act act)
        {
            if (act.Name is not null) wire["name"] = JsonSerializer.SerializeToNode(act.Name, options);
            wire["inputs"] = JsonSerializer.SerializeToNode(act.Inputs, options);
        }
        else
        {
            var inputs = new JsonObject();
            foreach (var (key, member) in JsonSerializer.SerializeToNode(step, step.GetType(), options)!.AsObject())
                if (Outer.Contains(key)) wire[key] = member?.DeepClone();
                else inputs[key] = member?.DeepClone();
            wire["inputs"] = inputs;
        }
        wire.WriteTo(writer, options);
    }
}

/// <summary>Words in both languages, or one text for both.</summary>
internal sealed class WordingConverter : JsonConverter<Label>
{
    public override Label? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) return JsonSerializer.Deserialize<Label>(ref reader, options);
        var text = reader.GetString()!;
        return new(text, text);
    }

    public override void Write(Utf8JsonWriter writer, Label value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}
