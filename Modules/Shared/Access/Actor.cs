using Crm.Shared.Records;

namespace Crm.Shared.Access;

/// <summary>Which records of a type someone may see and change.</summary>
public enum DataScope { None, Own, Unit, UnitAndBelow, All }

/// <summary>Where a change came from; told in audit and used to rank the work it causes.</summary>
public enum Source { User, Api, Form, Import, Sop, System, Demo }

/// <summary>One link of the chain that led to a change: which SOP run wrote it.</summary>
/// <param name="Depth">1 for a change by a run that a person's change started.</param>
public sealed record Cause(Guid RunId, string SopKey, Guid RecordId, int Depth);

/// <summary>Who acts: everything a rule may ask about them. Immutable for the length of a command.</summary>
public sealed record Actor
{
    /// <summary>Null for the system itself and for visitors of public forms.</summary>
    public Guid? UserId { get; init; }
    public Guid? UnitId { get; init; }
    public string Name { get; init; } = "";
    public string Locale { get; init; } = "zh";
    public Source Source { get; init; } = Source.User;
    /// <summary>May do everything and see all: administrators, the system, SOP steps.</summary>
    public bool Unlimited { get; init; }
    public IReadOnlySet<string> Permissions { get; init; } = new HashSet<string>();
    /// <summary>Scope by record type key; <c>*</c> is the scope of types not named.</summary>
    public IReadOnlyDictionary<string, DataScope> Scopes { get; init; } = new Dictionary<string, DataScope>();
    /// <summary>Set while an SOP step acts.</summary>
    public Cause? Cause { get; init; }
    /// <summary>False where an import was told not to start SOPs.</summary>
    public bool StartsSops { get; init; } = true;

    public bool Can(string permission) => Unlimited || Permissions.Contains(permission);

    /// <summary>May see records of the type, those within the scope. Colleagues and units are known to everybody who may sign in.</summary>
    public bool Reads(string recordType) => recordType is "user" or "unit" || Can($"{recordType}.read");

    /// <summary>May be told what a record of the type is called. What belongs to nobody, as forms and policies, is no secret by its name.</summary>
    public bool Names(RecordType type) => !type.Owned || Reads(type.Key);

    public DataScope ScopeOf(string recordType) =>
        Unlimited ? DataScope.All
        : Scopes.TryGetValue(recordType, out var scope) ? scope
        : Scopes.GetValueOrDefault("*", DataScope.None);

    /// <summary>All that the other may do, this one may too, and as far. A scope counts only where the other may do something within it.</summary>
    public bool Holds(Actor other) => Unlimited || !other.Unlimited && other.Permissions.All(Can) && FirstBeyond(other) is null;

    /// <summary>The record type (<c>*</c>: those not named) on which the other reaches further; null where none is.</summary>
    public string? FirstBeyond(Actor other) =>
        other.Scopes.Keys.Union(Scopes.Keys.Where(t => other.Permissions.Any(p => p.StartsWith(t + ".", StringComparison.Ordinal))))
            .FirstOrDefault(t => other.ScopeOf(t) > ScopeOf(t));

    public static Actor System { get; } = new() { Name = "系统", Source = Source.System, Unlimited = true };
}

/// <summary>The actor of the present scope (request, work item). Set once at the edge; <see cref="As"/> for a stretch of work on another's behalf.</summary>
public sealed class CurrentActor
{
    public Actor Value { get; private set; } = new() { Name = "" };

    public void Set(Actor actor) => Value = actor;

    /// <summary>Acts as someone else until disposed.</summary>
    public IDisposable As(Actor actor)
    {
        var before = Value;
        Value = actor;
        return new Restore(() => Value = before);
    }

    private sealed class Restore(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
