using System.Text.Json;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.People.Approvals;

namespace Crm.Workflows.Tests.People;

/// <summary>Plays an approval without a store: seats the stages as told, keeps what happened.</summary>
internal sealed class Sit
{
    public static readonly DateTime T0 = new(2026, 11, 22, 1, 0, 0, DateTimeKind.Utc);
    public static readonly Guid Initiator = User(0);
    public static Guid User(int n) => new(n, 0, 0, new byte[8]);
    public static readonly Guid A = User(1), B = User(2), C = User(3), D = User(4);

    private readonly ApprovalTerms terms;
    private readonly Func<string, IReadOnlyList<Candidate>?> seats;

    /// <param name="seats">Approvers of a stage; null skips it.</param>
    public Sit(IReadOnlyList<ApprovalStage> stages, ApprovalTerms terms, Func<string, IReadOnlyList<Candidate>?> seats)
    {
        (this.terms, this.seats) = (terms, seats);
        var begun = ApprovalRules.Begin(Initiator, stages, terms, T0);
        State = begun.State;
        Take(begun.Events);
    }

    /// <summary>One stage per list of approvers.</summary>
    public static Sit Of(ApprovalMode mode, ApprovalTerms? terms = null, params Guid[][] stages) =>
        new([.. stages.Select((_, i) => Stage($"s{i}", mode))], terms ?? new(), key => [.. stages[int.Parse(key[1..])].Select(Person)]);

    public static ApprovalStage Stage(string key, ApprovalMode mode) => new() { Key = key, Mode = mode, Approvers = new PeopleRule { By = PeopleBy.Owner } };
    public static Candidate Person(Guid user) => new(user, null, null);

    public Approval State { get; private set; }
    public List<ApprovalEvent> Events { get; } = [];
    public string? Refused { get; private set; }

    public Sit Do(ApprovalDo act)
    {
        var acted = ApprovalRules.Act(State, terms, act, T0);
        Refused = acted.Refused?.Code;
        if (Refused is not null) acted.State.ShouldBeSameAs(State);
        State = JsonSerializer.Deserialize<Approval>(JsonSerializer.Serialize(acted.State, ContractJson.Options), ContractJson.Options)!;
        Take(acted.Events);
        return this;
    }

    public Sit Approve(Guid by) => Do(new ApprovalDo.Approve(by, null, null));
    public Sit Reject(Guid by) => Do(new ApprovalDo.Reject(by, null, null));
    public Sit Return(Guid by, string to) => Do(new ApprovalDo.Return(by, null, to, null));

    public Guid[] Open => [.. State.OpenSeats.Select(s => s.Approver)];
    public Seat SeatOf(Guid user) => State.Now.Seats.Last(s => s.Approver == user);
    public string[] Stages => [.. State.Stages.Select(s => s.Status.ToString())];

    private void Take(IReadOnlyList<ApprovalEvent> events)
    {
        Events.AddRange(events);
        foreach (var wanted in events.OfType<ApprovalEvent.SeatsWanted>())
        {
            var found = seats(wanted.Stage);
            var refused = Refused;
            Do(found is null ? new ApprovalDo.Skip(wanted.Stage) : new ApprovalDo.Seats(wanted.Stage, found));
            Refused.ShouldBeNull();
            Refused = refused;
        }
    }
}
