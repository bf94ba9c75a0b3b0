using Crm.Platform.Calendars;
using Crm.Shared.Problems;
using Crm.Shared.Time;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Platform.Tests.Calendars;

public sealed class CalendarTests
{
    private readonly List<CalendarChanged> told = [];
    private Company company = null!;

    [SetUp]
    public async Task Start()
    {
        told.Clear();
        company = await Company.StartAsync(services => services.AddSingleton<INotificationHandler<CalendarChanged>>(new Listener(told)));
    }

    [TearDown]
    public async Task Stop() => await company.DisposeAsync();

    [Test]
    public async Task A_company_starts_with_office_hours_and_chinas_holidays()
    {
        var rules = await RulesAsync(company.East);
        rules.Zone.ShouldBe("Asia/Shanghai");
        rules.Hours[DayOfWeek.Monday].ShouldBe([new(new(9, 0), new(12, 0)), new(new(13, 30), new(18, 0))]);
        rules.Hours[DayOfWeek.Sunday].ShouldBeEmpty();
        rules.Holidays.ShouldContain(new DateOnly(2026, 10, 1));
    }

    [Test]
    public async Task A_unit_without_hours_has_its_nearest_ancestors()
    {
        var team = await company.UnitAsync("一组", company.East);
        await SetAsync(company.Root, "08:00", "17:00");
        (await StartAsync(team)).ShouldBe(new TimeOnly(8, 0));
        await SetAsync(company.East, "10:00", "19:00");
        (await StartAsync(team)).ShouldBe(new TimeOnly(10, 0));
        (await StartAsync(company.West)).ShouldBe(new TimeOnly(8, 0));
        (await company.SendAsync(new GetHours(team), company.Rep)).From!.Name.ShouldBe("华东");
        await company.SendAsync(new RemoveHours(company.East), company.Admin);
        (await StartAsync(team)).ShouldBe(new TimeOnly(8, 0));
        told.Select(t => t.UnitId).ShouldBe([company.Root, company.East, company.East]);
    }

    [Test]
    public async Task A_years_holidays_can_be_replaced_and_become_as_shipped_again()
    {
        var anniversary = new PublicHoliday(new("司庆", "Anniversary"), [new(2026, 6, 8)], [new(2026, 6, 13)]);
        await company.SendAsync(new SetHolidays(2026, true, [anniversary]), company.Admin);
        var rules = await RulesAsync(null);
        rules.Holidays.ShouldContain(new DateOnly(2026, 6, 8));
        rules.MakeUpDays.ShouldContain(new DateOnly(2026, 6, 13));
        rules.Holidays.ShouldNotContain(new DateOnly(2026, 10, 1));
        rules.Holidays.ShouldContain(d => d.Year == 2027, "other years stay");
        (await company.SendAsync(new GetHolidays(2026), company.Rep)).Holidays.ShouldHaveSingleItem().Name.En.ShouldBe("Anniversary");
        await company.SendAsync(new RestoreHolidays(2026), company.Admin);
        (await RulesAsync(null)).Holidays.ShouldContain(new DateOnly(2026, 10, 1));
        told.ShouldAllBe(t => t.UnitId == null);
    }

    [Test]
    public async Task Hours_that_never_come_or_overlap_are_refused()
    {
        async Task<string> Code(Dictionary<string, IReadOnlyList<WorkStretch>> hours, string? zone = null) =>
            (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SetHours(company.East, zone, hours), company.Admin))).Errors[0].Code;
        WorkStretch morning = new(new(9, 0), new(12, 0)), late = new(new(11, 0), new(18, 0)), backwards = new(new(18, 0), new(9, 0));
        (await Code(new() { ["sunday"] = [morning] })).ShouldBe("calendar.monday");
        (await Code(new() { ["monday"] = [morning, late] })).ShouldBe("calendar.overlap");
        (await Code(new() { ["monday"] = [backwards] })).ShouldBe("calendar.stretch");
        (await Code(new() { ["someday"] = [morning] })).ShouldBe("calendar.day");
        (await Code(new() { ["monday"] = [morning] }, "Mars/Olympus")).ShouldBe("calendar.zone");
        (await Should.ThrowAsync<Problem>(() => SetAsync(company.East, "09:00", "18:00", company.Rep))).Code.ShouldBe("forbidden");
    }

    [Test]
    public async Task A_day_is_off_or_worked_and_only_once()
    {
        var day = new DateOnly(2026, 6, 8);
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SetHolidays(2026, true, [new(new("甲", "A"), [day], [day])]), company.Admin))).Errors[0].Code.ShouldBe("calendar.dayTwice");
        (await Should.ThrowAsync<Problem>(() => company.SendAsync(new SetHolidays(2030, true, [new(new("甲", "A"), [day], [])]), company.Admin))).Errors[0].Code.ShouldBe("calendar.otherYear");
    }

    private Task<CalendarRules> RulesAsync(Guid? unit) => company.RunAsync(s => s.GetRequiredService<ICalendarSource>().ForAsync(unit, default).AsTask());

    private async Task<TimeOnly> StartAsync(Guid unit) => (await RulesAsync(unit)).Hours[DayOfWeek.Monday][0].Start;

    private Task<MediatR.Unit> SetAsync(Guid unit, string from, string to, Guid? by = null) => company.SendAsync(
        new SetHours(unit, null, new Dictionary<string, IReadOnlyList<WorkStretch>> { ["monday"] = [new(TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture))] }), by ?? company.Admin);

    private sealed class Listener(List<CalendarChanged> told) : INotificationHandler<CalendarChanged>
    {
        public Task Handle(CalendarChanged notification, CancellationToken cancellationToken)
        {
            told.Add(notification);
            return Task.CompletedTask;
        }
    }
}
