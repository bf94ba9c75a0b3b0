using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Shared.Time;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;

namespace Crm.Workflows.Runtime;

/// <summary>A time and how it came about.</summary>
internal sealed record Due(DateTime Utc, Label Why);

/// <summary>Turns moments of SOPs into times, by the business calendar of the org unit concerned.</summary>
internal sealed class Moments(ICalendarSource calendars, Reading reading, CrmOptions options)
{
    /// <summary>A day without a time of day means its morning.</summary>
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);

    /// <exception cref="StepFailure">The date that it is counted from is empty.</exception>
    public async Task<Due> AtAsync(TurnContext turn, At at, IReadOnlyList<RecordRef> items, Moment moment, Guid? unit, CancellationToken ct)
    {
        var from = turn.Now;
        if (moment.Path is { } path)
        {
            var value = await reading.ReadAsync(turn, at, items, path, ct);
            from = Instant(value) ?? throw new StepFailure(FailureClass.Data, new("run.noDate", path));
        }
        var duration = moment.In ?? moment.Plus;
        return duration is null ? new(from, Plainly(from)) : await AfterAsync(from, duration, unit, ct);
    }

    public async ValueTask<Due> AfterAsync(DateTime from, BusinessDuration duration, Guid? unit, CancellationToken ct)
    {
        var due = BusinessClock.Explain(await calendars.ForAsync(unit, ct), from, duration);
        return new(Stored.Whole(due.Utc), due.Text);
    }

    /// <summary>So long before a time: a reminder.</summary>
    public ValueTask<Due> BeforeAsync(DateTime to, BusinessDuration duration, Guid? unit, CancellationToken ct) =>
        AfterAsync(to, duration.Backwards ? duration : BusinessDuration.Parse(duration.Business, "-" + duration.ToIso())!, unit, ct);

    /// <summary>A date or time in any of the forms it may come in; null where it is none.</summary>
    public DateTime? Instant(object? value) => value switch
    {
        DateTime time => time,
        DateOnly day => FilterTime.StartOfDay(day, options.Zone) + Morning,
        JsonValue json when json.GetValueKind() == JsonValueKind.String => Instant(json.GetValue<string>()),
        string { Length: 10 } text when DateOnly.TryParseExact(text, Stored.DateFormat, out var day) => Instant(day),
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => Stored.Whole(time.UtcDateTime),
        _ => null,
    };

    private Label Plainly(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, options.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(local, local);
    }
}
