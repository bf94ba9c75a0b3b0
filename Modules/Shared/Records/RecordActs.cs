using Crm.Shared.Access;
using Crm.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace Crm.Shared.Records;

/// <summary>What features need that have acts of their own on a record: claim, submit, move.</summary>
public static class RecordActs
{
    /// <summary>The record if the actor sees it and holds the permission (<c>{type}.update</c> unless given); the act then writes as a feature, with the version read here.</summary>
    public static async Task<Record> ForActAsync(this IRecords records, Actor actor, string type, Guid id, CancellationToken ct, string? permission = null)
    {
        permission ??= $"{type}.update";
        if (!actor.Can(permission)) throw Problem.Forbidden(permission);
        var record = await records.GetAsync(type, id, ct);
        return record.Deleted ? throw Problem.Conflict("record.deleted", record.Name) : record;
    }

    /// <summary>Answers with the record as it is now and its version.</summary>
    public static async Task<IResult> ShowAsync(this RecordPresenter presenter, Record record, HttpContext http, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = Versions.ETag(record.Version);
        return Results.Json(await presenter.PresentAsync(record, http.RequestAborted), statusCode: status);
    }
}
