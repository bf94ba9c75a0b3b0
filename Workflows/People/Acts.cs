using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.People;

/// <summary>What was done to a task or an approval.</summary>
/// <param name="Act">complete, reassign, approve, return...</param>
/// <param name="By">Null for the system.</param>
internal sealed record Done(string Act, Guid? By)
{
    public int? Seat { get; init; }
    public string? Comment { get; init; }
    public Guid? To { get; init; }
    public Message? Why { get; init; }
}

/// <summary>Told to a rehearsal: somebody, or time, did this.</summary>
internal sealed record ActTold(Guid Subject, Done Done, DateTime At);

/// <summary>The history of tasks and approvals.</summary>
internal sealed class Acts(Session session, TimeProvider time)
{
    private const int PerVersion = 1000, LongestComment = 4000;

    /// <param name="version">Of the subject after the act: orders the entries.</param>
    /// <param name="index">Of the entry within the act.</param>
    public Task AddAsync(Guid subject, long version, Done done, CancellationToken ct, int index = 0)
    {
        if (done.Comment is { Length: > LongestComment } comment) throw Problem.Invalid("comment", "field.tooLong", LongestComment, comment.Length);
        session.Rehearsal?.Tell(new ActTold(subject, done, time.UtcNow()));
        return session.ExecuteAsync("""
            INSERT INTO workflows_act (subject_id, seq, at, actor_id, act, seat, comment, to_id, why)
            VALUES (@subject, @seq, @now, @By, @Act, @Seat, @Comment, @To, @why)
            """,
            new
            {
                subject,
                seq = version * PerVersion + index,
                now = time.UtcNow(),
                done.By,
                done.Act,
                done.Seat,
                done.Comment,
                done.To,
                why = done.Why is null ? null : JsonSerializer.Serialize(done.Why, ContractJson.Options),
            }, ct);
    }

    public Task<IReadOnlyList<ActRow>> OfAsync(Guid subject, CancellationToken ct) => session.QueryAsync<ActRow>(
        "SELECT at, actor_id, act, seat, comment, to_id, why FROM workflows_act WHERE subject_id = @subject ORDER BY seq", new { subject }, ct);
}

internal sealed class ActRow
{
    public DateTime At { get; init; }
    public Guid? ActorId { get; init; }
    public string Act { get; init; } = "";
    public int? Seat { get; init; }
    public string? Comment { get; init; }
    public Guid? ToId { get; init; }
    public string? Why { get; init; }
}
