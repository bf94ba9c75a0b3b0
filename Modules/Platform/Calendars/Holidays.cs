using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Time;
using FluentValidation;
using MediatR;

namespace Crm.Platform.Calendars;

internal sealed record GetHolidays(int Year) : IQuery<HolidayYear>;

internal sealed class GetHolidaysHandler(CalendarSource calendars) : IRequestHandler<GetHolidays, HolidayYear>
{
    public async Task<HolidayYear> Handle(GetHolidays request, CancellationToken ct) =>
        (await calendars.PictureAsync(ct)).Years.FirstOrDefault(y => y.Year == request.Year) ?? new HolidayYear(request.Year, false, new("尚未录入", "Not entered yet"), []);
}

/// <summary>Replaces a year's holidays.</summary>
[Requires("calendar.manage")]
internal sealed record SetHolidays(int Year, bool Announced, IReadOnlyList<PublicHoliday>? Holidays) : ICommand<Nothing>;

internal sealed class SetHolidaysValidator : AbstractValidator<SetHolidays>
{
    private const int First = 2000, Last = 2100;

    public SetHolidaysValidator()
    {
        RuleFor(s => s.Year).InclusiveBetween(First, Last).WithErrorCode("calendar.year").WithState(_ => new object?[] { First, Last });
        RuleFor(s => s.Holidays).NotNull().WithErrorCode("field.required");
    }
}

internal sealed class SetHolidaysHandler(Session session, CalendarChanges changes, IMediator mediator, TimeProvider time) : IRequestHandler<SetHolidays, Nothing>
{
    public async Task<Nothing> Handle(SetHolidays request, CancellationToken ct)
    {
        Check(request.Year, request.Holidays!);
        await changes.RaiseAsync(ct);
        var row = new { request.Year, request.Announced, days = JsonSerializer.Serialize(request.Holidays, Stored.Json), now = time.UtcNow() };
        if (await session.ExecuteAsync("UPDATE platform_holidays SET announced = @Announced, days = @days, updated_at = @now WHERE calendar_year = @Year", row, ct) == 0)
            await session.ExecuteAsync("INSERT INTO platform_holidays (calendar_year, announced, days, updated_at) VALUES (@Year, @Announced, @days, @now)", row, ct);
        await mediator.Publish(new CalendarChanged(null), ct);
        return Nothing.Value;
    }

    private static void Check(int year, IReadOnlyList<PublicHoliday> holidays)
    {
        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < holidays.Count; i++)
        {
            var (at, holiday) = ($"holidays[{i}]", holidays[i]);
            if (holiday is not { Days: not null, MakeUp: not null }) throw Problem.Invalid(at, "field.required");
            if (string.IsNullOrWhiteSpace(holiday.Name?.Zh) || string.IsNullOrWhiteSpace(holiday.Name.En)) throw Problem.Invalid($"{at}.name", "role.name");
            foreach (var day in holiday.Days.Concat(holiday.MakeUp))
            {
                // A holiday may reach into its neighbours: New Year begins in December, and make-up days may lie in the year before.
                if (Math.Abs(day.Year - year) > 1) throw Problem.Invalid(at, "calendar.otherYear", Stored.Date(day), year);
                if (!seen.Add(day)) throw Problem.Invalid(at, "calendar.dayTwice", Stored.Date(day));
            }
        }
        if (seen.Count > 200) throw Problem.Invalid("holidays", "calendar.tooMany", 200);
    }
}

/// <summary>A year's shipped holidays count again.</summary>
[Requires("calendar.manage")]
internal sealed record RestoreHolidays(int Year) : ICommand<Nothing>;

internal sealed class RestoreHolidaysHandler(Session session, CalendarChanges changes, IMediator mediator) : IRequestHandler<RestoreHolidays, Nothing>
{
    public async Task<Nothing> Handle(RestoreHolidays request, CancellationToken ct)
    {
        await changes.RaiseAsync(ct);
        await session.ExecuteAsync("DELETE FROM platform_holidays WHERE calendar_year = @Year", new { request.Year }, ct);
        await mediator.Publish(new CalendarChanged(null), ct);
        return Nothing.Value;
    }
}
