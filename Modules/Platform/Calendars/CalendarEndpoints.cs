using Crm.Shared.Time;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Calendars;

internal static class CalendarEndpoints
{
    internal sealed record HoursBody(string? Zone, IReadOnlyDictionary<string, IReadOnlyList<WorkStretch>>? Hours);

    internal sealed record HolidaysBody(bool Announced, IReadOnlyList<PublicHoliday>? Holidays);

    public static void MapCalendars(this IEndpointRouteBuilder api)
    {
        api.MapGet("calendars/{unitId:guid}", (Guid unitId, IMediator mediator, CancellationToken ct) => mediator.Send(new GetHours(unitId), ct));
        api.MapPut("calendars/{unitId:guid}", async (Guid unitId, HoursBody body, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new SetHours(unitId, body.Zone, body.Hours), ct);
            return await mediator.Send(new GetHours(unitId), ct);
        });
        api.MapDelete("calendars/{unitId:guid}", async (Guid unitId, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RemoveHours(unitId), ct);
            return Results.NoContent();
        });
        api.MapGet("calendars/holidays/{year:int}", (int year, IMediator mediator, CancellationToken ct) => mediator.Send(new GetHolidays(year), ct));
        api.MapPut("calendars/holidays/{year:int}", async (int year, HolidaysBody body, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new SetHolidays(year, body.Announced, body.Holidays), ct);
            return await mediator.Send(new GetHolidays(year), ct);
        });
        api.MapDelete("calendars/holidays/{year:int}", async (int year, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RestoreHolidays(year), ct);
            return Results.NoContent();
        });
    }
}
