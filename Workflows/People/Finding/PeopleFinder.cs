using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.People.Finding;

/// <summary>What finding people asks about the record, the run and the work in hand.</summary>
internal interface IPeopleFacts
{
    Guid? Owner { get; }
    Guid? Initiator { get; }
    /// <summary>Whom the initiator picked when starting.</summary>
    IReadOnlyList<Guid> Chosen { get; }
    /// <summary>Users in a field, by path from the record.</summary>
    ValueTask<IReadOnlyList<Guid>> UsersAtAsync(string path, CancellationToken ct);
    /// <summary>The record's region, as org units name theirs.</summary>
    string? Region { get; }
    /// <summary>Whether an org unit that names its region so lies in the record's region.</summary>
    bool IsRegion(string name) => name == Region;
    /// <summary>What people call a role.</summary>
    Label RoleName(string key) => new(key, key);
    /// <summary>What people call the field at a path from the record.</summary>
    Label FieldName(string path) => new(path, path);
    /// <summary>Open work of each of them; those without may be missing.</summary>
    ValueTask<IReadOnlyDictionary<Guid, int>> OpenWorkAsync(IReadOnlyCollection<Guid> users, CancellationToken ct);
    /// <summary>Who had the last turn in a round robin.</summary>
    ValueTask<Guid?> LastTurnAsync(string turnKey, CancellationToken ct);
}

/// <summary>Finds people by rule: active ones, absences minded, each once. The same facts always find the same people.</summary>
internal sealed class PeopleFinder(DirectoryView directory, IPeopleFacts facts, DateTime now)
{
    private readonly record struct Named(Guid User, Message Why);

    public async Task<IReadOnlyList<Found>> FindAsync(PeopleRule rule, string turnKey, CancellationToken ct)
    {
        for (var next = rule; next is not null; next = next.Else)
        {
            var found = (await NameAsync(next, turnKey, ct)).Select(Present).OfType<Found>().DistinctBy(f => f.User).ToList();
            if (found.Count > 0) return found;
        }
        return [];
    }

    private async Task<IReadOnlyList<Named>> NameAsync(PeopleRule rule, string turnKey, CancellationToken ct)
    {
        switch (rule.By)
        {
            case PeopleBy.Owner: return One(facts.Owner, "why.owner");
            case PeopleBy.Initiator: return One(facts.Initiator, "why.initiator");
            case PeopleBy.Users: return [.. rule.Users.Select(u => new Named(u, new("why.named")))];
            case PeopleBy.Role: return Role(rule);
            case PeopleBy.Field: return [.. (await facts.UsersAtAsync(rule.Path!, ct)).Select(u => new Named(u, new("why.field", facts.FieldName(rule.Path!))))];
            case PeopleBy.Superior or PeopleBy.Chain or PeopleBy.DepartmentHead:
                return await OfAsync(rule, turnKey, ct) is { } of ? Above(rule, of) : [];
            case PeopleBy.InitiatorsChoice:
                var allowed = rule.Among.Count == 0 ? null : (await AmongAsync(rule, turnKey, ct)).Select(n => n.User).ToHashSet();
                return [.. facts.Chosen.Where(u => allowed?.Contains(u) != false).Select(u => new Named(u, new("why.chosen")))];
            case PeopleBy.RoundRobin: return await TurnAsync(rule, turnKey, ct);
            case PeopleBy.LeastLoad: return await LeastAsync(rule, turnKey, ct);
            case PeopleBy.Everyone: return await AmongAsync(rule, turnKey, ct);
            default: throw new ArgumentOutOfRangeException(nameof(rule));
        }
    }

    private static IReadOnlyList<Named> One(Guid? user, string code) => user is { } id ? [new(id, new(code))] : [];

    private IReadOnlyList<Named> Role(PeopleRule rule)
    {
        var unit = directory.Unit(directory.Person(facts.Owner ?? facts.Initiator)?.UnitId);
        IReadOnlySet<Guid>? units = (rule.Within, unit) switch
        {
            (RoleWithin.Company, _) => null,
            (RoleWithin.Region, _) => directory.Units.Where(u => facts.Region is not null && RegionOf(u) is { } name && facts.IsRegion(name)).Select(u => u.Id).ToHashSet(),
            (_, null) => new HashSet<Guid>(),
            (RoleWithin.Unit, _) => new HashSet<Guid> { unit.Id },
            (RoleWithin.UnitAndBelow, _) => directory.UnitAndBelow(unit.Id).ToHashSet(),
            (RoleWithin.UnitAndAbove, _) => unit.Path.ToHashSet(),
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
        return [.. directory.InRole(rule.Role!).Where(p => units?.Contains(p.UnitId) != false).Select(p => new Named(p.Id, new("why.role", facts.RoleName(rule.Role!))))];
    }

    /// <summary>A team without a region of its own is of its branch's.</summary>
    private string? RegionOf(Unit? unit)
    {
        while (unit is { Region: null }) unit = directory.Unit(unit.ParentId);
        return unit?.Region;
    }

    private async Task<Guid?> OfAsync(PeopleRule rule, string turnKey, CancellationToken ct) =>
        rule.Of is null ? facts.Owner ?? facts.Initiator : (await NameAsync(rule.Of, turnKey, ct)) is [var first, ..] ? first.User : null;

    private IReadOnlyList<Named> Above(PeopleRule rule, Guid of)
    {
        var name = directory.Person(of)?.Name;
        var superiors = directory.Superiors(of);
        switch (rule.By)
        {
            case PeopleBy.DepartmentHead:
                return directory.Unit(directory.Person(of)?.UnitId)?.ManagerId is { } head ? [new(head, new("why.head", name))] : [];
            case PeopleBy.Superior:
                return superiors.Count >= rule.Level ? [new(superiors[rule.Level - 1].Id, Superior(rule.Level, name))] : [];
            default:
                var chain = rule.Role is { } role
                    ? superiors.Take(1 + superiors.TakeWhile(p => !p.Roles.Contains(role) && p.Position != role).Count())
                    : superiors.Take(rule.Level);
                return [.. chain.Select((p, i) => new Named(p.Id, Superior(i + 1, name)))];
        }
    }

    private static Message Superior(int level, string? of) => level == 1 ? new("why.superior1", of) : new("why.superior", level, of);

    private async Task<IReadOnlyList<Named>> AmongAsync(PeopleRule rule, string turnKey, CancellationToken ct)
    {
        var all = new List<Named>();
        foreach (var among in rule.Among)
            for (var next = among; next is not null; next = next.Else)
            {
                var found = await NameAsync(next, turnKey, ct);
                all.AddRange(found);
                if (found.Count > 0) break;
            }
        return [.. all.DistinctBy(n => n.User)];
    }

    /// <summary>Those who are there themselves: turns and load pass over the absent instead of burdening substitutes.</summary>
    private async Task<List<Named>> HereAsync(PeopleRule rule, string turnKey, CancellationToken ct) =>
        [.. (await AmongAsync(rule, turnKey, ct)).Where(n => directory.Person(n.User) is { Active: true } && directory.AbsenceAt(n.User, now) is null).OrderBy(n => n.User)];

    private async Task<IReadOnlyList<Named>> TurnAsync(PeopleRule rule, string turnKey, CancellationToken ct)
    {
        var here = await HereAsync(rule, turnKey, ct);
        if (here.Count == 0) return [];
        var last = await facts.LastTurnAsync(turnKey, ct);
        var next = here.FindIndex(n => last is { } id && n.User.CompareTo(id) > 0);
        return [new(here[Math.Max(next, 0)].User, new("why.turn", here.Count))];
    }

    private async Task<IReadOnlyList<Named>> LeastAsync(PeopleRule rule, string turnKey, CancellationToken ct)
    {
        var here = await HereAsync(rule, turnKey, ct);
        if (here.Count <= 1) return [.. here.Select(n => n with { Why = new("why.only") })];
        var work = await facts.OpenWorkAsync([.. here.Select(n => n.User)], ct);
        var least = here.MinBy(n => (work.GetValueOrDefault(n.User), n.User));
        return [new(least.User, new("why.load", work.GetValueOrDefault(least.User), here.Count))];
    }

    /// <summary>The person, or who stands in. Someone absent without a substitute keeps the work: it is late rather than lost.</summary>
    private Found? Present(Named named)
    {
        if (directory.Person(named.User) is not { } person) return null;
        if (directory.Present(named.User, now) is not { } present) return person.Active ? new(person.Id, null, named.Why) : null;
        return present.Id == named.User
            ? new(present.Id, null, named.Why)
            : new(present.Id, named.User, new("why.substitute", person.Name, named.Why));
    }
}
