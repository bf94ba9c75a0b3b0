using Crm.Host.Api.Records;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Host.Api.Document;

/// <summary>Describes the record endpoints, whose handlers read the request themselves; and for all operations how they refuse.</summary>
internal sealed class RecordOperations : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        operation.Responses ??= [];
        operation.Responses["default"] = Answer("A problem", new OpenApiSchemaReference("Problem", document), "application/problem+json");
        if (HttpMethods.IsPost(context.Description.HttpMethod ?? "")) Header(operation, "Idempotency-Key", "Makes a repetition of this request harmless for two days");
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RecordEndpoint>().FirstOrDefault() is { } endpoint) Describe(operation, endpoint, document);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, RecordEndpoint endpoint, OpenApiDocument document)
    {
        var (type, act) = endpoint;
        var record = new OpenApiSchemaReference(RecordSchemas.Read(type), document);
        operation.OperationId = $"{type}.{char.ToLowerInvariant(act.ToString()[0])}{act.ToString()[1..]}";
        operation.Responses!.Remove("200");
        switch (act)
        {
            case RecordAct.List:
                foreach (var (name, what) in Listing) Query(operation, name, what);
                operation.Responses["200"] = Answer("A page", Page(record));
                break;
            case RecordAct.Count:
                Query(operation, "filter", Listing[0].What);
                Query(operation, "q", Listing[1].What);
                operation.Responses["200"] = Answer("Counts at most 1,000", Object(("count", JsonSchemaType.Integer), ("capped", JsonSchemaType.Boolean)));
                break;
            case RecordAct.Create:
                operation.RequestBody = Body(new OpenApiSchemaReference(RecordSchemas.Write(type), document));
                operation.Responses["201"] = Answer("The new record", record);
                break;
            case RecordAct.Update:
                operation.RequestBody = Body(new OpenApiSchemaReference(RecordSchemas.Write(type), document));
                Header(operation, "If-Match", "The version that was edited, in quotes; without it the last writer wins");
                operation.Responses["200"] = Answer("The record as saved", record);
                break;
            case RecordAct.Delete:
                Header(operation, "If-Match", "The version that was seen, in quotes");
                operation.Responses["204"] = new OpenApiResponse { Description = "In the recycle bin" };
                break;
            case RecordAct.Get or RecordAct.Restore:
                operation.Responses["200"] = Answer("The record; its version also as ETag", record);
                break;
            case RecordAct.Timeline:
                Query(operation, "after", "Cursor of the page before");
                Query(operation, "limit", "1 to 200, 50 by itself");
                operation.Responses["200"] = Answer("Changes of the record and of those that belong to it, newest first", Page(new OpenApiSchema { Type = JsonSchemaType.Object }));
                break;
            case RecordAct.Bulk:
                operation.Responses["200"] = Answer("What became of each", Object(("results", JsonSchemaType.Array), ("done", JsonSchemaType.Integer), ("failed", JsonSchemaType.Integer)));
                break;
        }
    }

    private static readonly (string Name, string What)[] Listing =
    [
        ("filter", "JSON of the filter grammar: {\"field\":\"name\",\"op\":\"contains\",\"value\":\"x\"}, {\"and\":[...]}, {\"or\":[...]}, {\"not\":{...}}"),
        ("q", "Words looked for in the searchable fields"),
        ("sort", "Up to three fields, minus first for descending: -score,name"),
        ("limit", "1 to 200, 50 by itself"),
        ("after", "Cursor of the page before"),
        ("fields", "Only these fields: name,score"),
        ("deleted", "true for the recycle bin"),
    ];

    private static void Query(OpenApiOperation operation, string name, string what) => Add(operation, name, ParameterLocation.Query, what);
    private static void Header(OpenApiOperation operation, string name, string what) => Add(operation, name, ParameterLocation.Header, what);

    private static void Add(OpenApiOperation operation, string name, ParameterLocation where, string what)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = where, Description = what, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }

    private static OpenApiRequestBody Body(IOpenApiSchema schema) => new() { Required = true, Content = Content(schema, "application/json") };

    private static OpenApiResponse Answer(string what, IOpenApiSchema schema, string type = "application/json") => new() { Description = what, Content = Content(schema, type) };

    private static Dictionary<string, OpenApiMediaType> Content(IOpenApiSchema schema, string type) => new() { [type] = new OpenApiMediaType { Schema = schema } };

    private static OpenApiSchema Page(IOpenApiSchema item) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["items"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = item },
            ["next"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
        },
    };

    private static OpenApiSchema Object(params (string Name, JsonSchemaType Type)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.ToDictionary(p => p.Name, p => (IOpenApiSchema)new OpenApiSchema { Type = p.Type }),
    };
}
