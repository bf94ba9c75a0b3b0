using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Host.Api.Records;

/// <summary>Record types and fields as the page reads them.</summary>
internal static class CatalogueJson
{
    private static readonly string[] Acts = ["read", "create", "update", "delete", "import", "export", "sensitive"];

    public static JsonObject Type(RecordType type, Catalogue catalogue, Actor actor) => new()
    {
        ["key"] = type.Key,
        ["plural"] = type.Plural,
        ["label"] = Label(type.Label),
        ["nameField"] = type.NameField,
        ["owned"] = type.Owned,
        ["fields"] = new JsonArray([.. type.AllFields.Where(f => !f.Technical).Select(f => Field(f, catalogue))]),
        ["views"] = new JsonArray([.. Views(type, actor).Select(View)]),
        ["can"] = new JsonObject(Acts.Select(a => KeyValuePair.Create(a, (JsonNode?)actor.Can(type.Permission(a))))),
    };

    /// <summary>A list begins with the first of them. Who sees more than what is his own begins with all of it: directors and sales ops own nothing.</summary>
    private static IEnumerable<DefaultView> Views(RecordType type, Actor actor) =>
        type.Owned && actor.ScopeOf(type.Key) > DataScope.Own ? type.Views.OrderBy(v => v.Key != "all") : type.Views;

    /// <param name="catalogue">Null for a field that has no lines.</param>
    public static JsonObject Field(Field field, Catalogue? catalogue)
    {
        var json = new JsonObject
        {
            ["key"] = field.Key,
            ["type"] = TypeName(field.Type),
            ["label"] = Label(field.Label),
            ["required"] = field.Required,
            ["readOnly"] = field.ReadOnly,
            ["maxLength"] = field.IsText && field.Type != FieldType.Select ? Values.Longest(field) : null,
            ["min"] = field.Min,
            ["max"] = field.Max,
            ["sensitive"] = field.Sensitive,
            ["searchable"] = field.Searchable,
            ["references"] = field.References,
            ["filterOver"] = field.FilterOver,
            ["templateOver"] = field.TemplateOver,
            ["options"] = new JsonArray([.. field.Options.Select(o => new JsonObject { ["key"] = o.Key, ["label"] = Label(o.Label), ["color"] = o.Color })]),
            ["default"] = JsonSerializer.SerializeToNode(field.Default, Stored.Json),
            ["custom"] = field.Custom,
            ["help"] = field.Help is { } help ? Label(help) : null,
        };
        if (field.Type == FieldType.Lines && catalogue is not null)
            json["line"] = new JsonArray([.. catalogue[field.References!].Fields.Select(f => Field(f, null))]);
        return json;
    }

    public static string TypeName(FieldType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());

    private static JsonObject View(DefaultView view) => new()
    {
        ["key"] = view.Key,
        ["label"] = Label(view.Label),
        ["filter"] = view.Filter is { } filter ? JsonNode.Parse(filter) : null,
        ["sort"] = view.Sort,
        ["columns"] = JsonSerializer.SerializeToNode(view.Columns, Stored.Json),
    };

    private static JsonObject Label(Label label) => new() { ["zh"] = label.Zh, ["en"] = label.En };
}
