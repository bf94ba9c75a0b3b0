namespace Crm.Workflows.Contracts;

/// <summary>How people are found. One vocabulary for tasks, approvals and notifications.</summary>
public enum PeopleBy
{
    /// <summary>The record's owner.</summary>
    Owner,
    /// <summary>Who started the run: the person whose change or button did.</summary>
    Initiator,
    /// <summary>Named people: <see cref="PeopleRule.Users"/>.</summary>
    Users,
    /// <summary>All who hold <see cref="PeopleRule.Role"/>, <see cref="PeopleRule.Within"/> a part of the company.</summary>
    Role,
    /// <summary>The <see cref="PeopleRule.Level"/>-th superior of <see cref="PeopleRule.Of"/>.</summary>
    Superior,
    /// <summary>All superiors of <see cref="PeopleRule.Of"/>, next one first, up to <see cref="PeopleRule.Level"/> of them or the first who holds <see cref="PeopleRule.Role"/>.</summary>
    Chain,
    /// <summary>Head of the org unit of <see cref="PeopleRule.Of"/>.</summary>
    DepartmentHead,
    /// <summary>Users in a field of the record or of one it refers to: <see cref="PeopleRule.Path"/>.</summary>
    Field,
    /// <summary>Whom the initiator picked when starting, within <see cref="PeopleRule.Among"/> where given.</summary>
    InitiatorsChoice,
    /// <summary>The next one in turn among <see cref="PeopleRule.Among"/>.</summary>
    RoundRobin,
    /// <summary>Who has the least open work among <see cref="PeopleRule.Among"/>.</summary>
    LeastLoad,
    /// <summary>Everybody that any rule of <see cref="PeopleRule.Among"/> finds.</summary>
    Everyone,
}

/// <summary>Where holders of a role are looked for, seen from the record owner's org unit; region: in units of the region that the record's field <c>region</c> names.</summary>
public enum RoleWithin { Company, Unit, UnitAndBelow, UnitAndAbove, Region }

/// <summary>A rule that finds people for a record: JSON <c>{"by":"superior","level":2,"else":{"by":"role","role":"salesDirector"}}</c>.</summary>
public sealed record PeopleRule
{
    public required PeopleBy By { get; init; }
    public IReadOnlyList<Guid> Users { get; init; } = [];
    public string? Role { get; init; }
    public RoleWithin Within { get; init; }
    public int Level { get; init; } = 1;
    public string? Path { get; init; }
    /// <summary>Whose superior or head; the record's owner unless given.</summary>
    public PeopleRule? Of { get; init; }
    public IReadOnlyList<PeopleRule> Among { get; init; } = [];
    /// <summary>Asked when this rule finds nobody.</summary>
    public PeopleRule? Else { get; init; }
}

/// <summary>One person found by a rule.</summary>
/// <param name="User">Who gets the work.</param>
/// <param name="Via">Whom <paramref name="User"/> stands in for, or null.</param>
/// <param name="Why">The reason, told to people.</param>
public sealed record Found(Guid User, Guid? Via, Message Why);

/// <summary>Finds people for a record by rule, absences minded. For steps of modules.</summary>
public interface IPeople
{
    /// <param name="turnKey">Names the queue of a round robin: the same key takes turns together.</param>
    Task<IReadOnlyList<Found>> FindAsync(PeopleRule rule, StepContext context, string turnKey, CancellationToken ct);
}
