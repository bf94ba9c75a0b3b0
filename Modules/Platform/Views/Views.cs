using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Views;

/// <summary>A list somebody saved: filter, order, columns. Shared ones are seen by everybody who may read the type; each sees his own records in them.</summary>
internal sealed record ViewInfo(Guid Id, string Type, string Name, JsonElement? Filter, string? Sort, IReadOnlyList<string>? Columns, bool Shared, bool Mine);

internal sealed record ListViews(string Type) : IQuery<IReadOnlyList<ViewInfo>>;

internal sealed class ListViewsHandler(CurrentActor current, ViewStore views) : IRequestHandler<ListViews, IReadOnlyList<ViewInfo>>
{
    public Task<IReadOnlyList<ViewInfo>> Handle(ListViews request, CancellationToken ct) =>
        current.Value.Can($"{request.Type}.read") ? views.ListAsync(request.Type, ct) : throw Problem.Forbidden($"{request.Type}.read");
}

/// <summary>Saves a new view, or the given members of one.</summary>
/// <param name="Filter">Undefined where it stays; JSON null for no filter.</param>
internal sealed record SaveView(Guid? Id, string? Type, string? Name, JsonElement Filter, string? Sort, IReadOnlyList<string>? Columns, bool? Shared) : ICommand<ViewInfo>;

internal sealed class SaveViewHandler(CurrentActor current, ViewStore views, ICatalogueSource source, Ids ids) : IRequestHandler<SaveView, ViewInfo>
{
    public async Task<ViewInfo> Handle(SaveView request, CancellationToken ct)
    {
        var before = request.Id is { } id ? await views.OwnAsync(id, ct) : null;
        var view = new ViewInfo(before?.Id ?? ids.Next(), before?.Type ?? request.Type ?? "", (request.Name ?? before?.Name ?? "").Trim(),
            request.Filter.ValueKind switch { JsonValueKind.Undefined => before?.Filter, JsonValueKind.Null => null, _ => request.Filter },
            (request.Sort ?? before?.Sort) is { Length: > 0 } sort ? sort : null, request.Columns ?? before?.Columns, request.Shared ?? before?.Shared ?? false, Mine: true);
        Check(view);
        if (view.Shared && !current.Value.Can("view.share")) throw Problem.Forbidden("view.share");
        await views.SaveAsync(view, isNew: before is null, ct);
        return view;
    }

    private void Check(ViewInfo view)
    {
        if (source.Current.Find(view.Type) is not { HasApi: true } type) throw Problem.Invalid("type", "field.option", view.Type);
        if (!current.Value.Can(type.Permission("read"))) throw Problem.Forbidden(type.Permission("read"));
        if (view.Name.Length == 0) throw Problem.Invalid("name", "field.required");
        if (view.Name.Length > 200) throw Problem.Invalid("name", "field.tooLong", 200, view.Name.Length);
        if (view.Filter is { } filter) FilterParser.Parse(filter, type, source.Current);
        if (view.Columns?.Where(c => c is null || source.Current.Path(type, c) is null).ToArray() is [var column, ..]) throw Problem.Invalid("columns", "field.unknown", column);
        if (view.Columns?.Count > 100) throw Problem.Invalid("columns", "field.max", 100);
        foreach (var term in view.Sort?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            if (type.Find(term.TrimStart('-')) is null) throw Problem.Invalid("sort", "list.sort", term);
    }
}

internal sealed record DeleteView(Guid Id) : ICommand<Nothing>;

internal sealed class DeleteViewHandler(ViewStore views) : IRequestHandler<DeleteView, Nothing>
{
    public async Task<Nothing> Handle(DeleteView request, CancellationToken ct)
    {
        await views.DeleteAsync((await views.OwnAsync(request.Id, ct)).Id, ct);
        return Nothing.Value;
    }
}

internal static class ViewEndpoints
{
    internal sealed record Body(string? Type, string? Name, JsonElement Filter, string? Sort, IReadOnlyList<string>? Columns, bool? Shared)
    {
        public SaveView As(Guid? id) => new(id, Type, Name, Filter, Sort, Columns, Shared);
    }

    public static void MapViews(this IEndpointRouteBuilder api)
    {
        api.MapGet("views", async (string type, IMediator mediator, CancellationToken ct) => new Listed<ViewInfo>(await mediator.Send(new ListViews(type), ct)));
        api.MapPost("views", async (Body body, IMediator mediator, CancellationToken ct) => Results.Json(await mediator.Send(body.As(null), ct), statusCode: 201));
        api.MapPatch("views/{id:guid}", (Guid id, Body body, IMediator mediator, CancellationToken ct) => mediator.Send(body.As(id), ct));
        api.MapDelete("views/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new DeleteView(id), ct);
            return Results.NoContent();
        });
    }
}
