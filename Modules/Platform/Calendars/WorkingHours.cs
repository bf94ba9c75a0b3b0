using System.Text.Json;
using Crm.Platform.SignIn;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Time;
using FluentValidation;
using MediatR;

namespace Crm.Platform.Calendars;

/// <summary>A unit's working hours and whose they are.</summary>
/// <param name="From">The unit that has them; null for the usual hours of the product.</param>
internal sealed record HoursInfo(Named Unit, Named? From, string Zone, IReadOnlyDictionary<string, IReadOnlyList<WorkStretch>> Hours);

internal sealed record GetHours(Guid UnitId) : IQuery<HoursInfo>;

internal sealed class GetHoursHandler(CalendarSource calendars, IDirectory people) : IRequestHandler<GetHours, HoursInfo>
{
    public async Task<HoursInfo> Handle(GetHours request, CancellationToken ct)
    {
        var view = await people.ReadAsync(ct);
        var unit = view.Unit(request.UnitId) ?? throw Problem.NotFound("unit", request.UnitId);
        var (hours, from) = calendars.Find(await calendars.PictureAsync(ct), unit);
        return new(new(unit.Id, unit.Name), view.Unit(from) is { } holder ? new(holder.Id, holder.Name) : null, hours.Zone,
            Enum.GetValues<DayOfWeek>().ToDictionary(Week.Name, d => hours.Week.GetValueOrDefault(d) ?? []));
    }
}

/// <summary>Gives a unit hours of its own.</summary>
[Requires("calendar.manage")]
internal sealed record SetHours(Guid UnitId, string? Zone, IReadOnlyDictionary<string, IReadOnlyList<WorkStretch>>? Hours) : ICommand<Nothing>;

internal sealed class SetHoursValidator : AbstractValidator<SetHours>
{
    public SetHoursValidator() => RuleFor(s => s.Hours).NotNull().WithErrorCode("field.required");
}

internal sealed class SetHoursHandler(Session session, IDirectory people, CalendarChanges changes, IMediator mediator, TimeProvider time, CrmOptions options) : IRequestHandler<SetHours, Nothing>
{
    public async Task<Nothing> Handle(SetHours request, CancellationToken ct)
    {
        if ((await people.ReadAsync(ct)).Unit(request.UnitId) is null) throw Problem.NotFound("unit", request.UnitId);
        var (zone, week) = (request.Zone ?? options.TimeZone, Week.Read(request.Hours!));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw Problem.Invalid("zone", "calendar.zone", zone);
        await changes.RaiseAsync(ct);
        var row = new { request.UnitId, zone, hours = JsonSerializer.Serialize(week, Stored.Json), now = time.UtcNow() };
        if (await session.ExecuteAsync("UPDATE platform_calendar SET zone = @zone, hours = @hours, updated_at = @now WHERE unit_id = @UnitId", row, ct) == 0)
            await session.ExecuteAsync("INSERT INTO platform_calendar (unit_id, zone, hours, updated_at) VALUES (@UnitId, @zone, @hours, @now)", row, ct);
        await mediator.Publish(new CalendarChanged(request.UnitId), ct);
        return Nothing.Value;
    }
}

/// <summary>Takes a unit's own hours away; it has its ancestor's again.</summary>
[Requires("calendar.manage")]
internal sealed record RemoveHours(Guid UnitId) : ICommand<Nothing>;

internal sealed class RemoveHoursHandler(Session session, IDirectory people, CalendarChanges changes, IMediator mediator) : IRequestHandler<RemoveHours, Nothing>
{
    public async Task<Nothing> Handle(RemoveHours request, CancellationToken ct)
    {
        if ((await people.ReadAsync(ct)).Unit(request.UnitId) is null) throw Problem.NotFound("unit", request.UnitId);
        await changes.RaiseAsync(ct);
        await session.ExecuteAsync("DELETE FROM platform_calendar WHERE unit_id = @UnitId", new { request.UnitId }, ct);
        await mediator.Publish(new CalendarChanged(request.UnitId), ct);
        return Nothing.Value;
    }
}

/// <summary>A week's hours as the API writes them: <c>{"monday": [{"start": "09:00", "end": "18:00"}]}</c>; a day left out is off.</summary>
internal static class Week
{
    public static string Name(DayOfWeek day) => day.ToString().ToLowerInvariant();

    public static IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkStretch>> Read(IReadOnlyDictionary<string, IReadOnlyList<WorkStretch>> given)
    {
        var week = Enum.GetValues<DayOfWeek>().ToDictionary(d => d, _ => (IReadOnlyList<WorkStretch>)[]);
        foreach (var (name, stretches) in given)
        {
            var day = Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>().FirstOrDefault(d => Name(d!.Value) == name) ?? throw Problem.Invalid($"hours.{name}", "calendar.day", name);
            if (stretches is null || stretches.Contains(null!)) throw Problem.Invalid($"hours.{name}", "field.required");
            if (stretches.Any(s => s.Start >= s.End)) throw Problem.Invalid($"hours.{name}", "calendar.stretch");
            if (stretches.Zip(stretches.Skip(1)).Any(p => p.First.End > p.Second.Start)) throw Problem.Invalid($"hours.{name}", "calendar.overlap");
            week[day] = stretches;
        }
        // Counting business time must come to an end; Monday's hours are those of make-up days.
        if (week[DayOfWeek.Monday].Count == 0) throw Problem.Invalid("hours.monday", "calendar.monday");
        return week;
    }
}
