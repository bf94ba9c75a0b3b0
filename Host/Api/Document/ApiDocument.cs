using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Host.Api.Document;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and a page to try it at <c>/openapi</c>. A copy is checked in as docs/openapi.json; a test holds it to this.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", o =>
    {
        o.AddOperationTransformer<RecordOperations>();
        o.AddDocumentTransformer<RecordSchemas>();
        // Read by a converter of our own, of which the framework knows no shape.
        o.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(JsonObject)) schema.Type = JsonSchemaType.Object;
            return Task.CompletedTask;
        });
        o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Crm",
                Version = "v1",
                Description = "Records, tasks, approvals and SOPs. Custom fields and saved views are listed by GET /api/v1/catalogue. Writes with the page's cookie carry X-Crm: 1; programs send Authorization: Bearer crm_...",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "From POST /api/v1/auth/tokens" },
            };
            var sorted = new OpenApiPaths();
            foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal)) sorted.Add(path, item);
            document.Paths = sorted;
            document.Tags = document.Tags is { } tags ? new HashSet<OpenApiTag>(tags.OrderBy(t => t.Name, StringComparer.Ordinal)) : null;
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.UseSwaggerUI(o =>
        {
            o.RoutePrefix = "openapi";
            o.DocumentTitle = "Crm API";
            o.SwaggerEndpoint("/openapi/v1.json", "Crm v1");
            o.UseRequestInterceptor("request => { request.headers['X-Crm'] = '1'; return request; }");
        });
    }
}
