using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Host.Api;

/// <summary>Writes refusals as RFC 9457 problems with texts in the caller's language.</summary>
internal sealed class ProblemWriter(Texts texts, IServiceProvider services)
{
    public async Task WriteAsync(HttpContext context, Problem problem)
    {
        var json = problem.Document(texts, RequestLanguage.Of(context));
        if (problem.About is { } about && await CurrentAsync(context, about) is { } current) json["current"] = current;
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(json.ToJsonString(Stored.Json), context.RequestAborted);
    }

    /// <summary>The record as it is now, read apart from the transaction that failed.</summary>
    private async Task<JsonObject?> CurrentAsync(HttpContext context, (string Type, Guid Id) about)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(context.RequestServices.GetRequiredService<CurrentActor>().Value);
        try
        {
            var record = await scope.ServiceProvider.GetRequiredService<IRecords>().GetAsync(about.Type, about.Id, context.RequestAborted);
            return await scope.ServiceProvider.GetRequiredService<RecordPresenter>().PresentAsync(record, context.RequestAborted);
        }
        catch (Problem)
        {
            return null; // moved out of the reader's scope meanwhile
        }
    }
}
