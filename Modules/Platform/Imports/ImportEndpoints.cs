using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Crm.Platform.Imports;

internal static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("imports").WithTags("imports");
        imports.MapPost("", UploadAsync);
        imports.MapGet("", (string? after, int? limit, IMediator mediator, CancellationToken ct) => mediator.Send(new ListImports(after, limit ?? 50), ct));
        imports.MapGet("{id:guid}", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetImport(id), ct));
        imports.MapPatch("{id:guid}", (Guid id, MappingBody body, IMediator mediator, CancellationToken ct) => mediator.Send(new MapImport(id, body), ct));
        imports.MapPost("{id:guid}/dry-run", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new StartImport(id, Trial: true), ct));
        imports.MapPost("{id:guid}/start", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new StartImport(id, Trial: false), ct));
        imports.MapPost("{id:guid}/undo", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new UndoImport(id), ct));
        imports.MapGet("{id:guid}/errors", ErrorsAsync);
    }

    /// <summary>Straight from the request to the disk: no upload lies in memory.</summary>
    private static async Task<IResult> UploadAsync(HttpContext http, IMediator mediator, ImportFiles files, CurrentActor actor, Ids ids, CancellationToken ct)
    {
        if (!actor.Value.Can("import.run")) throw Problem.Forbidden("import.run");
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var content) || HeaderUtilities.RemoveQuotes(content.Boundary).Value is not { Length: > 0 } boundary)
            throw Problem.Invalid("file", "import.multipart");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = files.MostBytes + 64 * 1024;

        var (id, type, name) = (ids.Next(), (string?)null, (string?)null);
        var reader = new MultipartReader(boundary, http.Request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part)) continue;
                var field = HeaderUtilities.RemoveQuotes(part.Name).Value;
                if (field == "type") type = await new FormMultipartSection(section, part).GetValueAsync(ct);
                else if (field == "file" && name is null)
                {
                    name = NameOf(part);
                    await files.SaveAsync(id, section.Body, ct);
                }
            }
            if (name is null) throw Problem.Invalid("file", "field.required");
            if (string.IsNullOrWhiteSpace(type)) throw Problem.Invalid("type", "field.required");
            var view = await mediator.Send(new CreateImport(id, type.Trim(), name), ct);
            return Results.Created($"/api/v1/imports/{id}", view);
        }
        catch (Exception why)
        {
            files.Delete(id);
            if (IsCutOff(why)) throw Problem.Invalid("file", "import.multipart");
            throw;
        }
    }

    /// <summary>The reader's only way to say that the last boundary is missing; a disk that is full says so elsewhere.</summary>
    private static bool IsCutOff(Exception why) => why is IOException && why.Source == typeof(MultipartReader).Assembly.GetName().Name;

    private static string NameOf(ContentDispositionHeaderValue part)
    {
        var name = part.FileNameStar.HasValue ? part.FileNameStar : HeaderUtilities.RemoveQuotes(part.FileName);
        return name.Value?.Split('/', '\\')[^1] is { Length: > 0 } given ? given : "import.csv";
    }

    private static async Task ErrorsAsync(Guid id, string? of, HttpContext http, ImportActor importer, ErrorDownload errors, CurrentActor actor, CancellationToken ct)
    {
        if (!actor.Value.Can("import.run")) throw Problem.Forbidden("import.run");
        var (list, name) = of switch
        {
            null => (RowList.Failed, "errors"),
            "skipped" => (RowList.Skipped, "skipped"),
            "undo" => (RowList.Kept, "kept"),
            _ => throw Problem.Invalid("of", "field.option", of),
        };
        var import = await importer.OwnAsync(id, ct);
        http.Response.ContentType = "text/csv; charset=utf-8";
        var file = new ContentDispositionHeaderValue("attachment");
        file.SetHttpFileName($"{name}-{import.FileName}");
        http.Response.Headers.ContentDisposition = file.ToString();
        await errors.WriteAsync(import, list, http.Response.Body, ct);
    }
}
