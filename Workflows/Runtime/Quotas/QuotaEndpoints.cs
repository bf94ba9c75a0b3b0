using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Runtime.Quotas;

internal static class QuotaEndpoints
{
    public static void MapQuotas(this IEndpointRouteBuilder api)
    {
        var quotas = api.MapGroup("/quotas").WithTags("SOPs");
        quotas.MapGet("/", (string? sop, QuotaBook book, CancellationToken ct) => book.ListAsync(sop, ct));
        quotas.MapPost("/", async (QuotaBody body, QuotaBook book, CancellationToken ct) => Results.Json(await book.AddAsync(body, ct), statusCode: 201));
        quotas.MapPut("/{id:guid}", (Guid id, QuotaBody body, QuotaBook book, CancellationToken ct) => book.PutAsync(id, body, ct));
        quotas.MapDelete("/{id:guid}", async (Guid id, QuotaBook book, CancellationToken ct) =>
        {
            await book.RemoveAsync(id, ct);
            return Results.NoContent();
        });
    }
}
