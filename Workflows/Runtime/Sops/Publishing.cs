using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Runtime.Migrations;
using Crm.Workflows.Runtime.Sweeps;

namespace Crm.Workflows.Runtime.Sops;

/// <summary>Publishes a draft as a person does: with a note, and with decisions about what is running and what is overdue.</summary>
internal sealed class Publishing(Session session, SopBook book, MigrationActs migrations, Overdue overdue, CurrentActor current)
{
    /// <summary>The migration that began with it, if any: version and migration stand or fall together.</summary>
    public Task<JsonObject?> PublishAsync(string key, PublishBody body, CancellationToken ct)
    {
        current.Require(WorkflowPermissions.ManageSops);
        if (body.Note is { Length: > 2000 } note) throw Problem.Invalid("note", "field.tooLong", 2000, note.Length);
        if (body.Running is not (null or "stay" or "migrate")) throw Problem.Invalid("running", "sop.running", body.Running);
        if (body.Running == "migrate") current.Require(WorkflowPermissions.ManageRuns);
        return session.InTransactionAsync(async () =>
        {
            var number = await book.PublishAsync(key, body.Note, ct);
            if (body.Overdue == true) await overdue.StartAsync(key, number, ct);
            return body.Running == "migrate" ? await migrations.BeginAsync(key, new($"{number}", body.Map, null, null, null), ct) : null;
        }, ct);
    }
}
