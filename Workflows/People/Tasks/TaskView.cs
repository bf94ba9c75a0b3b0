using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Tasks;

/// <summary>Tasks as the API shows them. Whoever holds a task sees what it asks about the record, also outside their data scope.</summary>
internal sealed class TaskView(IRecords records, RecordPresenter presenter, ICatalogueSource catalogue, IDirectory directory, TaskKeeper keeper, TaskRights rights, CurrentActor current, TimeProvider time)
{
    public async Task<JsonObject> OneAsync(TaskRow row, CancellationToken ct) => (await ManyAsync([row], ct))[0];

    public async Task<IReadOnlyList<JsonObject>> ManyAsync(IReadOnlyList<TaskRow> rows, CancellationToken ct)
    {
        var view = await directory.ReadAsync(ct);
        var shown = await RecordsAsync(rows, ct);
        var all = new List<JsonObject>(rows.Count);
        foreach (var row in rows) all.Add(One(row, await keeper.StepAsync(row, ct), await keeper.SopNameAsync(row, ct), row.RecordId is { } id ? shown.GetValueOrDefault(id) : null, view));
        return all;
    }

    private JsonObject One(TaskRow row, TaskStep? step, Label? sop, JsonObject? record, DirectoryView view)
    {
        var state = row.State();
        var locale = current.Value.Locale;
        return new()
        {
            ["id"] = row.Id.ToString(),
            ["title"] = Wording.Read(row.Title)!.In(locale),
            ["script"] = Wording.Read(row.Script)?.In(locale),
            ["state"] = Showing.Name(row.Status),
            ["record"] = Showing.Record(row.RecordType, row.RecordId, record?[catalogue.Current[row.RecordType!].NameField]?.ToString() ?? row.RecordName),
            ["assignee"] = Showing.Person(view, row.AssigneeId),
            ["via"] = Showing.Person(view, row.ViaId),
            ["dueAt"] = Showing.Node(row.DueAt),
            ["overdue"] = row.Status == TaskStatus.Open && row.DueAt < time.UtcNow(),
            ["snoozedUntil"] = Showing.Node(row.SnoozedUntil),
            ["value"] = row.Value,
            ["createdAt"] = Showing.Node(row.CreatedAt),
            ["completedAt"] = row.Status == TaskStatus.Done ? Showing.Node(row.EndedAt) : null,
            ["outcome"] = row.Outcome,
            ["why"] = Showing.Parse(row.Why),
            ["dueWhy"] = Showing.Parse(row.DueWhy),
            ["sop"] = row.SopKey is { } key ? new JsonObject { ["key"] = key, ["name"] = Showing.Node(sop), ["runId"] = row.RunId.ToString() } : null,
            ["form"] = new JsonArray([.. (step?.Form ?? []).Select(f => Field(f, row, state, record))]),
            ["checklist"] = new JsonArray([.. (step?.Checklist ?? []).Select(c => (JsonNode)new JsonObject { ["key"] = c.Key, ["label"] = Showing.Node(c.Label), ["required"] = c.Required, ["done"] = state.Checked.Contains(c.Key) })]),
            ["outcomes"] = new JsonArray([.. Outcomes(step).Select(o => Showing.Node(o))]),
            ["can"] = new JsonObject { ["complete"] = row.Status == TaskStatus.Open && rights.MayComplete(row), ["reassign"] = row.Status == TaskStatus.Open && rights.MayReassign(row, view) },
        };
    }

    private static IEnumerable<TaskOutcome> Outcomes(TaskStep? step) =>
        step is { Outcomes.Count: > 0 } ? step.Outcomes : [new(TaskRules.Done, new("完成", "Done")) { Style = OutcomeStyle.Primary }];

    private JsonObject Field(FormField form, TaskRow row, TaskState state, JsonObject? record)
    {
        var field = TaskAnswers.FieldOf(form, row.RecordType, catalogue.Current);
        var value = state.Answers.TryGetPropertyValue(form.Key, out var answer) ? answer?.DeepClone() : form.Field is { } key ? record?[key]?.DeepClone() : null;
        var json = new JsonObject
        {
            ["key"] = form.Key,
            ["type"] = Showing.Name(field.Type),
            ["label"] = Showing.Node(form.Label ?? field.Label),
            ["required"] = form.Required,
            ["options"] = Showing.Node(field.Options),
            ["help"] = Showing.Node(form.Help ?? field.Help),
            ["references"] = field.References,
            ["maxLength"] = field.MaxLength,
            ["min"] = field.Min,
            ["max"] = field.Max,
            ["field"] = form.Field,
            ["value"] = value,
        };
        return json;
    }

    /// <summary>The records that open forms show, each type in one read.</summary>
    private async Task<Dictionary<Guid, JsonObject>> RecordsAsync(IReadOnlyList<TaskRow> rows, CancellationToken ct)
    {
        var shown = new Dictionary<Guid, JsonObject>();
        foreach (var group in rows.Where(r => r is { RecordType: not null, RecordId: not null }).GroupBy(r => r.RecordType!))
        {
            if (catalogue.Current.Find(group.Key) is not { } type) continue;
            var found = new List<Record>();
            foreach (var id in group.Select(r => r.RecordId!.Value).Distinct())
                if (await records.FindAsync(type.Key, id, ct) is { } record) found.Add(record);
            var json = await presenter.PresentAsync(type, found, null, ct);
            for (var i = 0; i < found.Count; i++) shown[found[i].Id] = json[i];
        }
        return shown;
    }
}
