using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition;

/// <summary>JSON Schema (2020-12) of SOPs, made from the descriptions of steps and triggers.</summary>
internal static class SopSchema
{
    public static JsonObject Make(StepCatalogue steps) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "SOP",
        ["$ref"] = "#/$defs/sop",
        ["$defs"] = new JsonObject
        {
            ["sop"] = Closed(["key", "name", "record", "triggers", "steps"], ("key", Pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")), ("name", Ref("label")), ("about", Ref("label")), ("record", String()), ("triggers", ListOf(Ref("trigger"))), ("steps", Ref("steps"))),
            ["label"] = Closed(["zh", "en"], ("zh", String()), ("en", String())),
            ["wording"] = AnyOf(String(), Ref("label")),
            ["duration"] = AnyOf(Closed(["business"], ("business", String())), Closed(["plain"], ("plain", String()))),
            ["moment"] = AnyOf(Closed(["in"], ("in", Ref("duration"))), Closed(["path"], ("path", String()), ("plus", Ref("duration")))),
            ["filter"] = new JsonObject { ["type"] = "object", ["description"] = "and, or, not, or {field, op, value}" },
            ["people"] = People(),
            ["steps"] = ListOf(Ref("step")),
            ["way"] = Closed(["id", "steps"], ("id", Id()), ("label", Ref("label")), ("when", Ref("filter")), ("steps", Ref("steps"))),
            ["trigger"] = new JsonObject { ["oneOf"] = new JsonArray([.. TriggerKinds.All.Select(Trigger)]) },
            ["step"] = new JsonObject { ["oneOf"] = new JsonArray([.. steps.All.Select(Step)]) },
        },
    };

    private static JsonObject Trigger(TriggerDescription kind) => Closed(
        ["kind"],
        ("kind", Const(kind.Kind)), ("inputs", Inputs(kind.Inputs)), ("filter", Ref("filter")), ("reentry", OneOf(Enum.GetNames<Reentry>().Select(JsonNamingPolicy.CamelCase.ConvertName))));

    private static JsonObject Step(StepDescription kind)
    {
        var members = new List<(string, JsonNode)> { ("id", Id()), ("kind", Const(kind.Kind)), ("name", Ref("label")), ("inputs", Inputs(kind.Inputs)) };
        if (kind.Kind is "branch" or "parallel") members.Add(("paths", ListOf(Ref("way"))));
        if (kind.Kind is "branch") members.Add(("else", Ref("steps")));
        if (kind.Kind is "forEach" or "repeat") members.Add(("steps", Ref("steps")));
        if (kind.Kind is "waitFor") members.Add(("timedOut", Ref("steps")));
        var step = Closed(["id", "kind"], [.. members]);
        step["title"] = kind.Label.En;
        step["description"] = kind.Example.En;
        return step;
    }

    private static JsonObject Inputs(IReadOnlyList<StepInput> inputs) =>
        Closed([.. inputs.Where(i => i.Required).Select(i => i.Key)], [.. inputs.Select(i => (i.Key, (JsonNode)Input(i)))]);

    private static JsonObject Input(StepInput input)
    {
        var schema = input.Type switch
        {
            InputType.Label or InputType.Template => Ref("wording"),
            InputType.Integer => Range(input, "integer"),
            InputType.Decimal => Range(input, "number"),
            InputType.Boolean => new JsonObject { ["type"] = "boolean" },
            InputType.Duration => Ref("duration"),
            InputType.Moment => Ref("moment"),
            InputType.Select => OneOf(input.Options.Select(o => o.Key)),
            InputType.MultiSelect => ListOf(OneOf(input.Options.Select(o => o.Key))),
            InputType.Fields => ListOf(String()),
            InputType.FieldValues => new JsonObject { ["type"] = "object" },
            InputType.Filter or InputType.Condition => Ref("filter"),
            InputType.People => Ref("people"),
            InputType.Object => Inputs(input.Items),
            InputType.List => ListOf(Inputs(input.Items)),
            InputType.Value or InputType.Json => [],
            _ => String(),
        };
        schema["title"] = input.Label.En;
        if (input.Default is not null) schema["default"] = input.Default.DeepClone();
        if (input.Help is not null) schema["description"] = input.Help.En;
        return schema;
    }

    private static JsonObject People() => Closed(
        ["by"],
        ("by", OneOf(Enum.GetNames<PeopleBy>().Select(JsonNamingPolicy.CamelCase.ConvertName))),
        ("users", ListOf(String())), ("role", String()), ("within", OneOf(Enum.GetNames<RoleWithin>().Select(JsonNamingPolicy.CamelCase.ConvertName))),
        ("level", new JsonObject { ["type"] = "integer", ["minimum"] = 1 }), ("path", String()), ("of", Ref("people")), ("among", ListOf(Ref("people"))), ("else", Ref("people")));

    private static JsonObject Range(StepInput input, string type)
    {
        var range = new JsonObject { ["type"] = type };
        if (input.Min is { } min) range["minimum"] = min;
        if (input.Max is { } max) range["maximum"] = max;
        return range;
    }

    private static JsonObject Closed(IReadOnlyList<string> required, params IReadOnlyList<(string Key, JsonNode Schema)> members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Schema))),
        ["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };
    private static JsonObject String() => new() { ["type"] = "string" };
    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };
    private static JsonObject Id() => Pattern("^[a-z][A-Za-z0-9]{0,49}$");
    private static JsonObject Const(string value) => new() { ["const"] = value };
    private static JsonObject ListOf(JsonNode items) => new() { ["type"] = "array", ["items"] = items };
    private static JsonObject OneOf(IEnumerable<string> values) => new() { ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };
    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };
}
