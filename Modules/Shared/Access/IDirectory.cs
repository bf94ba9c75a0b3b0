namespace Crm.Shared.Access;

/// <summary>A person as rules see them.</summary>
/// <param name="Position">Job title key: <c>rep, manager, director...</c>, free text allowed.</param>
public sealed record Person(Guid Id, string Name, string Email, Guid UnitId, IReadOnlyList<string> Roles, string? Position, bool Active, string Locale);

/// <summary>A node of the org tree. <paramref name="Path"/> holds the ids from the root down to itself.</summary>
public sealed record Unit(Guid Id, string Name, Guid? ParentId, Guid? ManagerId, IReadOnlyList<Guid> Path, string? Region);

/// <summary>A declared absence; new work goes to the substitute meanwhile.</summary>
public sealed record Absence(Guid UserId, DateTime FromUtc, DateTime ToUtc, Guid? SubstituteId);

/// <summary>People, org units and absences as one immutable picture; pure lookups, no I/O.</summary>
public sealed class DirectoryView(IEnumerable<Person> people, IEnumerable<Unit> units, IEnumerable<Absence> absences)
{
    private readonly Dictionary<Guid, Person> people = people.ToDictionary(p => p.Id);
    private readonly Dictionary<Guid, Unit> units = units.ToDictionary(u => u.Id);
    private readonly ILookup<Guid, Absence> absences = absences.ToLookup(a => a.UserId);

    public IEnumerable<Person> People => people.Values;
    public IEnumerable<Unit> Units => units.Values;
    public Person? Person(Guid? id) => id is { } key ? people.GetValueOrDefault(key) : null;
    public Unit? Unit(Guid? id) => id is { } key ? units.GetValueOrDefault(key) : null;

    public IEnumerable<Person> InRole(string role) => people.Values.Where(p => p.Active && p.Roles.Contains(role)).OrderBy(p => p.Id);

    /// <summary>The unit itself and all below it.</summary>
    public IEnumerable<Guid> UnitAndBelow(Guid unitId) => units.Values.Where(u => u.Path.Contains(unitId)).Select(u => u.Id);

    /// <summary>Who heads the person's unit; the head's own superior heads the next unit up. Null at the top.</summary>
    public Person? Superior(Guid userId)
    {
        if (Person(userId) is not { } person) return null;
        for (var unit = Unit(person.UnitId); unit is not null; unit = Unit(unit.ParentId))
            if (unit.ManagerId is { } manager && manager != userId && Person(manager) is { Active: true } found) return found;
        return null;
    }

    /// <summary>Superiors from the next one upwards; each person once.</summary>
    public IReadOnlyList<Person> Superiors(Guid userId)
    {
        var chain = new List<Person>();
        for (var next = Superior(userId); next is not null && chain.All(p => p.Id != next.Id) && next.Id != userId; next = Superior(next.Id)) chain.Add(next);
        return chain;
    }

    public Absence? AbsenceAt(Guid userId, DateTime utc) => absences[userId].FirstOrDefault(a => a.FromUtc <= utc && utc < a.ToUtc);

    /// <summary>Who stands in at that time: follows substitutes, at most five, never in a circle. Null when nobody present is found.</summary>
    public Person? Present(Guid userId, DateTime utc)
    {
        var seen = new HashSet<Guid>();
        for (var id = userId; seen.Add(id) && seen.Count <= 6;)
        {
            if (Person(id) is not { Active: true } person) return null;
            if (AbsenceAt(id, utc) is not { } absence) return person;
            if (absence.SubstituteId is not { } substitute) return null;
            id = substitute;
        }
        return null;
    }
}

/// <summary>The current picture of people and units, implemented by Platform and kept fresh across hosts.</summary>
public interface IDirectory
{
    ValueTask<DirectoryView> ReadAsync(CancellationToken ct);
}
