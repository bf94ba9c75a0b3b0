using Crm.Host.Api.Records;
using Crm.Shared.Records;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Host.Api.Document;

/// <summary>Schemas of record types, made from the catalogue's declared fields: as they are read, and as they are written.</summary>
internal sealed class RecordSchemas(ICatalogueSource source) : IOpenApiDocumentTransformer
{
    public static string Read(string type) => char.ToUpperInvariant(type[0]) + type[1..];
    public static string Write(string type) => Read(type) + "Values";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent("Reference", Object(("id", Text("uuid")), ("name", Text())));
        document.AddComponent("Problem", Problem());
        foreach (var type in source.Current.Types.Where(RecordEndpoints.IsServed))
        {
            document.AddComponent(Read(type.Key), Reading(type, document));
            document.AddComponent(Write(type.Key), Object([.. type.AllFields.Where(f => !f.Custom && !f.ReadOnly).Select(f => (f.Key, Of(f, document, written: true)))]));
        }
        return Task.CompletedTask;
    }

    private OpenApiSchema Reading(RecordType type, OpenApiDocument document)
    {
        var schema = Object([("id", Text("uuid")), ("version", Whole()), .. type.AllFields.Where(f => !f.Custom).Select(f => (f.Key, Of(f, document, written: false)))]);
        schema.Properties!["masked"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(), Description = "Fields whose values are masked for this reader" };
        schema.Properties["can"] = Object(("update", Flag()), ("delete", Flag()));
        schema.Required = new HashSet<string> { "id", "version" };
        return schema;
    }

    private IOpenApiSchema Of(Field field, OpenApiDocument document, bool written)
    {
        if (field.Type == FieldType.Reference && !written) return new OpenApiSchemaReference("Reference", document);
        var schema = field.Type switch
        {
            FieldType.Integer => Whole(),
            FieldType.Decimal or FieldType.Money => new OpenApiSchema { Type = JsonSchemaType.Number },
            FieldType.Boolean => Flag(),
            FieldType.Date => Text("date"),
            FieldType.DateTime => Text("date-time"),
            FieldType.Reference => Text("uuid"),
            FieldType.MultiSelect => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Choice(field) },
            FieldType.Select => Choice(field),
            FieldType.Json => new OpenApiSchema(),
            FieldType.Lines => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Object([.. source.Current[field.References!].Fields.Where(f => !written || !f.ReadOnly).Select(f => (f.Key, Of(f, document, written)))]) },
            _ => Text(),
        };
        if (schema.Type is { } only && !(written && field.Required)) schema.Type = only | JsonSchemaType.Null;
        if (field.IsText && field.Type != FieldType.Select) schema.MaxLength = Values.Longest(field);
        if (field.Min is { } min) schema.Minimum = min.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (field.Max is { } max) schema.Maximum = max.ToString(System.Globalization.CultureInfo.InvariantCulture);
        schema.Description = field.Label.En + (field.References is { } target && field.Type == FieldType.Reference ? $": id of a {target}" : "");
        return schema;
    }

    private static OpenApiSchema Choice(Field field) => new()
    {
        Type = JsonSchemaType.String,
        // Roles and the like are made by administrators; what is declared is not all.
        Description = field.Options.Count == 0 ? null : "One of " + string.Join(", ", field.Options.Select(o => o.Key)),
    };

    private static OpenApiSchema Problem()
    {
        var schema = Object(("type", Text()), ("title", Text()), ("status", Whole()), ("code", Text()), ("detail", Text()));
        schema.Properties!["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Object(("field", Text()), ("code", Text()), ("message", Text())) };
        return schema;
    }

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.ToDictionary(p => p.Name, p => p.Schema),
    };

    private static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };
    private static OpenApiSchema Whole() => new() { Type = JsonSchemaType.Integer, Format = "int64" };
    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };
}
