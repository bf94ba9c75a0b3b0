using System.Text.Json;
using Crm.Platform.Roles;
using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Platform.People;

/// <summary>Everything about people that requests ask for again and again, read at one moment. Immutable.</summary>
internal sealed record Picture(DirectoryView View, IReadOnlyDictionary<Guid, Actor> Actors, IReadOnlyDictionary<Guid, string> Stamps)
{
    private const string People = """
        SELECT u.id, u.name, u.email, u.unit_id, u.position, u.roles, u.active, u.locale, u.deleted_at, c.stamp
        FROM platform_user u LEFT JOIN platform_credential c ON c.user_id = u.id ORDER BY u.id
        """;

    public static async Task<Picture> ReadAsync(Session session, RoleBook book, DateTime now, CancellationToken ct)
    {
        var people = await session.QueryAsync<PersonRow>(People, null, ct);
        var units = await session.QueryAsync<UnitRow>("SELECT id, name, parent_id, manager_id, region FROM platform_unit WHERE deleted_at IS NULL ORDER BY id", null, ct);
        var absences = await session.QueryAsync<AbsenceRow>("SELECT user_id, from_at, to_at, substitute_id FROM platform_absence WHERE to_at > @now ORDER BY from_at", new { now }, ct);
        var roles = await book.ReadAsync(session, ct);

        // The deleted stay as inactive: what they did still carries their name.
        var persons = people.Select(p => new Person(p.Id, p.Name, p.Email, p.UnitId, p.RoleKeys, p.Position, p.Active && p.DeletedAt is null, p.Locale)).ToArray();
        return new(
            new DirectoryView(persons, Tree(units), absences.Select(a => new Absence(a.UserId, a.FromAt, a.ToAt, a.SubstituteId))),
            persons.Where(p => p.Active).ToDictionary(p => p.Id, p => ActorOf.Person(p, roles)),
            people.ToDictionary(p => p.Id, p => p.Stamp ?? ""));
    }

    private static IEnumerable<Unit> Tree(IReadOnlyList<UnitRow> rows)
    {
        var byId = rows.ToDictionary(r => r.Id);
        foreach (var row in rows)
        {
            var path = new List<Guid>();
            // A circle cannot be saved; should one lie in the data all the same, it is cut where it closes.
            for (var at = row; at is not null && !path.Contains(at.Id); at = at.ParentId is { } up ? byId.GetValueOrDefault(up) : null) path.Insert(0, at.Id);
            yield return new(row.Id, row.Name, row.ParentId, row.ManagerId, path, row.Region);
        }
    }

    private sealed class PersonRow
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public string Email { get; init; } = "";
        public Guid UnitId { get; init; }
        public string? Position { get; init; }
        public string? Roles { get; init; }
        public bool Active { get; init; }
        public string Locale { get; init; } = "zh";
        public DateTime? DeletedAt { get; init; }
        public string? Stamp { get; init; }
        public string[] RoleKeys => Roles is null ? [] : JsonSerializer.Deserialize<string[]>(Roles)!;
    }

    private sealed class UnitRow
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public Guid? ParentId { get; init; }
        public Guid? ManagerId { get; init; }
        public string? Region { get; init; }
    }

    private sealed class AbsenceRow
    {
        public Guid UserId { get; init; }
        public DateTime FromAt { get; init; }
        public DateTime ToAt { get; init; }
        public Guid? SubstituteId { get; init; }
    }
}
