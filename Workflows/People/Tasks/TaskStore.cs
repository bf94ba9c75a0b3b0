using System.Text.Json.Nodes;
using Crm.Shared.Data;
using Crm.Workflows.Contracts;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Tasks;

/// <summary>Rows of tasks.</summary>
internal sealed class TaskStore(Session session)
{
    public async Task<TaskRow?> LockAsync(Guid id, CancellationToken ct)
    {
        await session.HoldAsync("workflows_task", id, ct);
        return await FindAsync(id, ct);
    }

    public Task<TaskRow?> FindAsync(Guid id, CancellationToken ct) =>
        session.FirstAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM workflows_task WHERE id = @id", new { id }, ct);

    public Task<TaskRow?> OfStepAsync(Guid run, string at, CancellationToken ct) =>
        session.FirstAsync<TaskRow>($"SELECT {TaskRow.Columns} FROM workflows_task WHERE run_id = @run AND step_at = @at", new { run, at }, ct);

    public Task InsertAsync(TaskRow row, CancellationToken ct) => session.ExecuteAsync($"""
        INSERT INTO workflows_task ({TaskRow.Columns})
        VALUES (@Id, @RunId, @StepAt, @SopKey, @SopVersion, @Title, @Script, @RecordType, @RecordId, @RecordName, @AssigneeId, @ViaId, @Status, @DueAt, @SnoozedUntil,
            @Escalated, @Alarms, @Outcome, @Answers, @Why, @DueWhy, @Version, @Value, @CreatedAt, @CreatedById, @EndedAt, @EndedById)
        """, row, ct);

    /// <summary>An open task goes on under another version of its SOP.</summary>
    public Task RebindAsync(Guid id, int version, At at, int alarms, CancellationToken ct) =>
        session.ExecuteAsync("UPDATE workflows_task SET sop_version = @sopVersion, step_at = @at, alarms = @alarms, version = version + 1 WHERE id = @id",
            new { id, sopVersion = version, at = at.ToString(), alarms }, ct);

    /// <summary>False where someone else was quicker.</summary>
    public async Task<bool> SaveAsync(TaskRow before, TaskState state, int alarms, string? why, string? dueWhy, CancellationToken ct) => await session.ExecuteAsync("""
        UPDATE workflows_task SET assignee_id = @Assignee, via_id = @Via, status = @status, due_at = @DueAt, snoozed_until = @SnoozedUntil, escalated = @Escalated,
            alarms = @alarms, outcome = @Outcome, answers = @answers, why = @why, due_why = @dueWhy, version = version + 1, ended_at = @EndedAt, ended_by_id = @EndedBy
        WHERE id = @Id AND version = @Version
        """,
        new
        {
            state.Assignee,
            state.Via,
            status = (int)state.Status,
            state.DueAt,
            state.SnoozedUntil,
            state.Escalated,
            alarms,
            state.Outcome,
            answers = state.Answers.Count == 0 && state.Checked.Count == 0 ? null
                : new JsonObject { ["answers"] = state.Answers.DeepClone(), ["checked"] = new JsonArray([.. state.Checked.Select(c => (JsonNode)c)]) }.ToJsonString(ContractJson.Options),
            why,
            dueWhy,
            state.EndedAt,
            state.EndedBy,
            before.Id,
            before.Version,
        }, ct) == 1;
}
