using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Host.Api.Records;

/// <summary>The same endpoints for every record type; what they may do, the record service decides.</summary>
internal static class RecordEndpoints
{
    public static void MapRecords(this IEndpointRouteBuilder api, IServiceProvider services)
    {
        foreach (var type in services.GetRequiredService<ICatalogueSource>().Current.Types.Where(IsServed)) Map(api.MapGroup($"/{type.Plural}"), type.Key, type.Plural);
    }

    public static bool IsServed(RecordType type) => type is { HasApi: true, IsLine: false, External: false };

    private static void Map(RouteGroupBuilder group, string type, string plural)
    {
        group.WithTags(plural);
        group.MapGet("", (HttpContext http, RecordEdge edge) => edge.ListAsync(type, http)).With(type, RecordAct.List);
        group.MapGet("/count", (HttpContext http, RecordEdge edge) => edge.CountAsync(type, http)).With(type, RecordAct.Count);
        group.MapPost("", (HttpContext http, Dictionary<string, JsonElement> body, RecordEdge edge) => edge.CreateAsync(type, plural, body, http)).With(type, RecordAct.Create);
        group.MapPost("/bulk", (HttpContext http, BulkRequest body, RecordBulk bulk) => bulk.RunAsync(type, body, http.RequestAborted)).WithMetadata(new ManyTransactions()).With(type, RecordAct.Bulk);
        group.MapGet("/{id:guid}", (Guid id, HttpContext http, RecordEdge edge) => edge.GetAsync(type, id, http)).With(type, RecordAct.Get);
        group.MapPatch("/{id:guid}", (Guid id, HttpContext http, Dictionary<string, JsonElement> body, RecordEdge edge) => edge.UpdateAsync(type, id, body, http)).With(type, RecordAct.Update);
        group.MapDelete("/{id:guid}", (Guid id, HttpContext http, RecordEdge edge) => edge.DeleteAsync(type, id, http)).With(type, RecordAct.Delete);
        group.MapPost("/{id:guid}/restore", (Guid id, HttpContext http, RecordEdge edge) => edge.RestoreAsync(type, id, http)).With(type, RecordAct.Restore);
        group.MapGet("/{id:guid}/timeline", (Guid id, HttpContext http, RecordEdge edge) => edge.TimelineAsync(type, id, http)).With(type, RecordAct.Timeline);
    }

    private static void With(this RouteHandlerBuilder endpoint, string type, RecordAct act) => endpoint.WithMetadata(new RecordEndpoint(type, act));
}

internal enum RecordAct { List, Count, Create, Bulk, Get, Update, Delete, Restore, Timeline }

/// <summary>Marks an endpoint for the OpenAPI document.</summary>
internal sealed record RecordEndpoint(string Type, RecordAct Act);

/// <summary>Between HTTP and the record service: query strings, bodies, versions in headers.</summary>
internal sealed class RecordEdge(IRecords records, RecordPresenter presenter, Timeline timeline, ICatalogueSource source)
{
    private const int MostCounted = 1000;
    private static readonly PipeOptions Unbounded = new(pauseWriterThreshold: 0, minimumSegmentSize: 32_768);

    public async Task<IResult> ListAsync(string type, HttpContext http)
    {
        var recordType = source.Current[type];
        var fields = RecordQueryBinding.Fields(http.Request, recordType);
        var page = await records.ListAsync(RecordQueryBinding.Read(http.Request, recordType, source.Current), http.RequestAborted);
        var write = await presenter.PrepareAsync(recordType, page.Items, fields, http.RequestAborted);
        await WholeAsync(http.Response, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            write(json);
            json.WriteEndArray();
            json.WriteString("next", page.Next);
            json.WriteEndObject();
        });
        return Results.Empty;
    }

    /// <summary>Not a byte leaves before all are written: what fails midway must not look like an answer.</summary>
    private static async Task WholeAsync(HttpResponse response, Action<Utf8JsonWriter> write)
    {
        var body = new Pipe(Unbounded);
        using (var json = new Utf8JsonWriter(body.Writer, Stored.JsonWriter)) write(json);
        await body.Writer.CompleteAsync();
        response.ContentType = "application/json; charset=utf-8";
        foreach (var part in (await body.Reader.ReadAsync()).Buffer) response.BodyWriter.Write(part.Span);
        await body.Reader.CompleteAsync();
        await response.BodyWriter.FlushAsync();
    }

    public async Task<IResult> CountAsync(string type, HttpContext http)
    {
        var query = RecordQueryBinding.Read(http.Request, source.Current[type], source.Current);
        var count = await records.CountAsync(query, MostCounted + 1, http.RequestAborted);
        return Results.Json(new { count = Math.Min(count, MostCounted), capped = count > MostCounted });
    }

    public async Task<IResult> GetAsync(string type, Guid id, HttpContext http) =>
        await ShowAsync(await records.GetAsync(type, id, http.RequestAborted), http);

    public async Task<IResult> CreateAsync(string type, string plural, Dictionary<string, JsonElement> body, HttpContext http)
    {
        var record = await records.CreateAsync(type, Values(body), WriteOptions.None, http.RequestAborted);
        http.Response.Headers.Location = $"/api/v1/{plural}/{record.Id}";
        return await ShowAsync(record, http, StatusCodes.Status201Created);
    }

    public async Task<IResult> UpdateAsync(string type, Guid id, Dictionary<string, JsonElement> body, HttpContext http) =>
        await ShowAsync(await records.UpdateAsync(type, id, Values(body), Options(http), http.RequestAborted), http);

    public async Task<IResult> DeleteAsync(string type, Guid id, HttpContext http)
    {
        await records.DeleteAsync(type, id, Options(http), http.RequestAborted);
        return Results.NoContent();
    }

    public async Task<IResult> RestoreAsync(string type, Guid id, HttpContext http) =>
        await ShowAsync(await records.RestoreAsync(type, id, Options(http), http.RequestAborted), http);

    public async Task<IResult> TimelineAsync(string type, Guid id, HttpContext http) =>
        Results.Json(await timeline.ReadAsync(type, id, RecordQueryBinding.Id(http.Request, "after"), RecordQueryBinding.Number(http.Request, "limit", 50), http.RequestAborted));

    public static IReadOnlyDictionary<string, object?> Values(Dictionary<string, JsonElement> body) => body.ToDictionary(p => p.Key, p => (object?)p.Value);

    private async Task<IResult> ShowAsync(Record record, HttpContext http, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = Versions.ETag(record.Version);
        return Results.Json(await presenter.PresentAsync(record, http.RequestAborted), statusCode: status);
    }

    private static WriteOptions Options(HttpContext http) => WriteOptions.None with { Version = Versions.IfMatch(http.Request) };
}
