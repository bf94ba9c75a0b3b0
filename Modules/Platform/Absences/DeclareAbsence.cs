using Crm.Platform.People;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using FluentValidation;
using MediatR;

namespace Crm.Platform.Absences;

/// <summary>Says when somebody is away and who stands in; without a user for oneself.</summary>
internal sealed record DeclareAbsence(Guid? User, DateTime? From, DateTime? To, Guid? Substitute, string? Note) : ICommand<AbsenceInfo>;

internal sealed class DeclareAbsenceValidator : AbstractValidator<DeclareAbsence>
{
    public DeclareAbsenceValidator(TimeProvider time)
    {
        RuleFor(a => a.From).NotNull().WithErrorCode("field.required");
        RuleFor(a => a.To).NotNull().WithErrorCode("field.required");
        RuleFor(a => a.To).Must((a, to) => to is null || a.From is null || to > a.From).WithErrorCode("absence.order");
        RuleFor(a => a.To).Must(to => to is null || to.Value.ToUniversalTime() > time.UtcNow()).WithErrorCode("absence.past");
        RuleFor(a => a.Note).MaximumLength(500).WithErrorCode("field.tooLong").WithState(a => new object?[] { 500, a.Note?.Length });
    }
}

internal sealed class DeclareAbsenceHandler(CurrentActor current, Session session, IDirectory people, DirectoryChanges changes, IMediator mediator, Ids ids, TimeProvider time) : IRequestHandler<DeclareAbsence, AbsenceInfo>
{
    public async Task<AbsenceInfo> Handle(DeclareAbsence request, CancellationToken ct)
    {
        var actor = current.Value;
        var user = request.User ?? actor.UserId ?? throw Problem.Invalid("user", "field.required");
        if (user != actor.UserId && !actor.Can("absence.manage")) throw Problem.Forbidden("absence.manage");
        // First, so that two declared at the same moment come one after the other.
        await changes.RaiseAsync(ct);
        var view = await people.ReadAsync(ct);
        if (view.Person(user) is not { Active: true } person) throw Problem.Invalid("user", "field.reference");
        if (request.Substitute == user) throw Problem.Invalid("substitute", "absence.self");
        if (request.Substitute is { } other && view.Person(other) is not { Active: true }) throw Problem.Invalid("substitute", "field.reference");
        var (from, to) = (Stored.Whole(request.From!.Value.ToUniversalTime()), Stored.Whole(request.To!.Value.ToUniversalTime()));
        if (await session.FirstAsync<DateTime?>("SELECT from_at FROM platform_absence WHERE user_id = @user AND from_at < @to AND to_at > @from ORDER BY from_at", new { user, from, to }, ct) is { } there)
            throw Problem.Conflict("absence.overlaps", person.Name, there.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var row = new { Id = ids.Next(), user, from, to, request.Substitute, Note = request.Note?.Trim(), Now = time.UtcNow(), By = actor.UserId };
        await session.ExecuteAsync("""
            INSERT INTO platform_absence (id, user_id, from_at, to_at, substitute_id, note, created_at, created_by_id)
            VALUES (@Id, @user, @from, @to, @Substitute, @Note, @Now, @By)
            """, row, ct);
        await mediator.Publish(new AbsenceChanged(user, null, new(user, from, to, request.Substitute)), ct);
        return AbsenceInfo.Of(row.Id, user, from, to, request.Substitute, row.Note, view);
    }
}
