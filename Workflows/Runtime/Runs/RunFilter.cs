using System.ComponentModel;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime.Statistics;

namespace Crm.Workflows.Runtime.Runs;

/// <summary>What a list of runs is asked for; the figures of an SOP lead here with the same conditions.</summary>
internal sealed record RunQuery
{
    public string? Sop { get; init; }
    public string? State { get; init; }
    public Guid? Record { get; init; }
    public int? Version { get; init; }
    [Description("The unit of the record when the run began, or one below it")]
    public Guid? Unit { get; init; }
    [Description("Who owned the record when the run began")]
    public Guid? Owner { get; init; }
    [Description("Started on this day of the company or later, yyyy-MM-dd")]
    public string? From { get; init; }
    public string? To { get; init; }
    [Description("Step where the run stands now")]
    public string? At { get; init; }
    [Description("Step that the run came to")]
    public string? Step { get; init; }
    [Description("What came of that step")]
    public string? Outcome { get; init; }
    [Description("A step failed at least once, be it mended since; that step, where one is named with step")]
    public bool? Failed { get; init; }
    [Description("Took at least so many seconds: at one visit of that step, where one is named with step, else from start to completion")]
    public long? Took { get; init; }
    [Description("Has a task that is late now; of that step, where one is named with at")]
    public bool? Overdue { get; init; }
    [Description("Holds a late task of the run, or was asked in one of its approvals")]
    public Guid? Person { get; init; }
    [Description("Stage of an approval that somebody was asked in")]
    public string? Stage { get; init; }
    [Description("Class of an incident that the run has had")]
    public string? Incident { get; init; }
    public string? After { get; init; }
    public int? Limit { get; init; }
}

/// <summary>The question as conditions on <c>workflows_run r</c>.</summary>
internal sealed class RunFilter
{
    private readonly List<string> where = [];

    public RunFilter(RunQuery query, Dialect dialect, DirectoryView view, DateTime now, TimeZoneInfo zone, Guid? after, int n)
    {
        Standing? standing = query.State is null or "all" or "open" ? null : Known<Standing>("state", query.State);
        FailureClass? failure = query.Incident is null ? null : Known<FailureClass>("incident", query.Incident);
        var period = query.From is null && query.To is null ? null : Period.Read(query.From, query.To, now, zone);
        var units = query.Unit is { } unit ? view.UnitAndBelow(unit).ToList() : [];
        When(query.Sop is not null, "r.sop_key = @sop");
        When(standing is not null, "r.status = @standing");
        When(query.State == "open", "r.status IN (0, 1, 2)");
        When(query.Record is not null, "r.record_id = @record");
        When(query.Version is not null, "r.sop_version = @version");
        When(query.Unit is not null, units.Count == 0 ? "1 = 0" : "r.unit_id IN @units");
        When(query.Owner is not null, "r.owner_id = @owner");
        When(period is not null, "r.id >= @first AND r.id < @end");
        MayBePast = period is null && standing is null or Standing.Done or Standing.Cancelled && query is { State: not "open", At: null, Step: null, Stage: null, Person: null, Incident: null, Failed: not true, Took: null, Overdue: not true };
        When(query.At is not null, "r.status IN (0, 1, 2) AND r.stands_at LIKE @stands");
        When(query.Step is not null, $"EXISTS (SELECT 1 FROM workflows_history h WHERE h.run_id = r.id AND h.step = @step{(query.Outcome is null ? "" : " AND h.outcome = @outcome")})");
        When(query.Failed == true, $"EXISTS (SELECT 1 FROM workflows_history h WHERE h.run_id = r.id{(query.Step is null ? "" : " AND h.step = @step")} AND h.kind = 4)");
        // As the figures count: a visit lasts from its first entry to the one with which the run left the step.
        When(query is { Step: not null, Took: not null }, $"""
            EXISTS (SELECT 1 FROM workflows_history h WHERE h.run_id = r.id AND h.step = @step GROUP BY h.visit
                HAVING {dialect.Seconds("MIN(h.at)", "MAX(CASE WHEN h.kind IN (3, 6, 8) THEN h.at END)")} >= @took)
            """);
        When(query is { Step: null, Took: not null }, $"r.status = @done AND {dialect.Seconds("r.started_at", "r.ended_at")} >= @took");
        if (query.Overdue == true)
            where.Add($"EXISTS (SELECT 1 FROM workflows_task t WHERE t.run_id = r.id AND t.status = 0 AND t.due_at < @now{(query.At is null ? "" : " AND t.step_at LIKE @visits")}{(query.Person is null ? "" : " AND t.assignee_id = @person")})");
        else if (query.Person is not null || query.Stage is not null)
            where.Add($"""
                EXISTS (SELECT 1 FROM workflows_approval a JOIN workflows_seat s ON s.approval_id = a.id WHERE a.run_id = r.id AND s.status IN (1, 2)
                    {(query.Person is null ? "" : "AND s.person_id = @person")} {(query.Stage is null ? "" : "AND s.stage = @stage")})
                """);
        When(failure is not null, "EXISTS (SELECT 1 FROM workflows_incident i WHERE i.run_id = r.id AND i.class = @failure)");
        When(after is not null, "r.id < @after");
        Args = new
        {
            sop = query.Sop,
            standing = (int?)standing,
            record = query.Record,
            version = query.Version,
            units = units.AsEnumerable(),
            owner = query.Owner,
            first = period?.FirstId,
            end = period?.EndId,
            stands = $"%,{query.At},%",
            visits = $"{query.At}#%",
            step = query.Step,
            outcome = query.Outcome,
            took = query.Took,
            done = (int)Standing.Done,
            person = query.Person,
            stage = query.Stage,
            failure = (int?)failure,
            now,
            after,
            n,
        };
    }

    public string Where => where.Count > 0 ? "WHERE " + string.Join(" AND ", where) : "";
    public object Args { get; }

    /// <summary>Archived runs may be among those asked for: ended long ago, and nothing asked that their row does not tell.</summary>
    public bool MayBePast { get; }

    private void When(bool asked, string condition)
    {
        if (asked) where.Add(condition);
    }

    private static T Known<T>(string field, string name) where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : throw Problem.Invalid(field, "field.option", name);
}
