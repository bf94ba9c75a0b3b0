using System.Text.Json.Serialization;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.People.Approvals;

/// <summary>Where an approval stands. With initiator: returned, to be submitted again. All after that are final.</summary>
internal enum ApprovalStatus { Open, WithInitiator, Approved, Rejected, Returned, Withdrawn, Voided }

/// <summary>Seating: its approvers are being looked for. Stuck: nobody was found; an incident is open.</summary>
internal enum StageStatus { Waiting, Seating, Stuck, Open, Approved, Rejected, Returned, Skipped }

internal enum SeatStatus { Waiting, Open, Approved, Rejected, Returned, Transferred, Delegated, Removed, Cancelled }

/// <summary>An approval as its rules see it. Immutable.</summary>
internal sealed record Approval
{
    public ApprovalStatus Status { get; init; }
    public required Guid Initiator { get; init; }
    /// <summary>Counts submissions: grows with every return, so that votes of a returned round are told apart.</summary>
    public int Round { get; init; } = 1;
    /// <summary>Index of the stage that runs.</summary>
    public int Current { get; init; }
    public required IReadOnlyList<Stage> Stages { get; init; }
    /// <summary>Stage to go straight back to after a return.</summary>
    public int? BackTo { get; init; }
    public int NextSeat { get; init; } = 1;

    [JsonIgnore] public Stage Now => Stages[Current];
    [JsonIgnore] public bool Ended => Status is not (ApprovalStatus.Open or ApprovalStatus.WithInitiator);
    [JsonIgnore] public IEnumerable<Seat> OpenSeats => Status == ApprovalStatus.Open ? Now.Seats.Where(s => s.Status == SeatStatus.Open) : [];
    public Seat? Seat(int id) => Stages.SelectMany(s => s.Seats).FirstOrDefault(s => s.Id == id);
}

internal sealed record Stage
{
    public required string Key { get; init; }
    public ApprovalMode Mode { get; init; }
    /// <summary>Share of weight, in percent, that approves a vote.</summary>
    public int Threshold { get; init; } = 50;
    public StageStatus Status { get; init; }
    public IReadOnlyList<Seat> Seats { get; init; } = [];

    /// <summary>Straight back after a return: the seats that are asked again.</summary>
    public IReadOnlyList<int> Again { get; init; } = [];

    /// <summary>Seats whose votes decide the stage.</summary>
    [JsonIgnore] public IEnumerable<Seat> Counting => Seats.Where(s => s.Counts);
}

/// <summary>One approver's place in a stage. Seats are never deleted: they tell who was asked.</summary>
internal sealed record Seat
{
    public required int Id { get; init; }
    public required Guid Approver { get; init; }
    /// <summary>Whom the approver stands in for.</summary>
    public Guid? Via { get; init; }
    /// <summary>Why it came to this person.</summary>
    public Message? Why { get; init; }
    public SeatStatus Status { get; init; }
    public int Weight { get; init; } = 1;
    /// <summary>Round of the vote.</summary>
    public int Round { get; init; } = 1;
    /// <summary>False once transferred, removed, cancelled or returned, and for opinions.</summary>
    public bool Counts { get; init; } = true;
    /// <summary>Opens only when this seat has voted.</summary>
    public int? After { get; init; }
    /// <summary>Seat whose holder added, transferred or delegated this one.</summary>
    public int? From { get; init; }
    /// <summary>A delegate's opinion: when given, the seat of <see cref="From"/> decides.</summary>
    public bool IsOpinion { get; init; }
    /// <summary>Added by the holder of <see cref="From"/>, who may remove it.</summary>
    public bool Added { get; init; }
    public DateTime? OpenedAt { get; init; }
    public DateTime? DecidedAt { get; init; }
    public string? Comment { get; init; }

    /// <summary>Its vote is still to come.</summary>
    [JsonIgnore] public bool IsPending => Status is SeatStatus.Waiting or SeatStatus.Open or SeatStatus.Delegated;
}

/// <summary>What the rules of one approval allow.</summary>
internal sealed record ApprovalTerms
{
    public InitiatorIsApprover InitiatorIsApprover { get; init; }
    public AfterReturn AfterReturn { get; init; }
    public ReturnToInitiator ReturnToInitiator { get; init; }
    public IReadOnlyList<ApprovalAct> Forbidden { get; init; } = [];

    public static ApprovalTerms Of(ApprovalStep step) => new()
    {
        InitiatorIsApprover = step.InitiatorIsApprover,
        AfterReturn = step.AfterReturn,
        ReturnToInitiator = step.ReturnToInitiator,
        Forbidden = step.Forbidden,
    };
}

/// <summary>A person found for a stage.</summary>
/// <param name="Instead">Who sits here if this is the initiator and the terms say superior or department head; null when nobody was found.</param>
internal sealed record Candidate(Guid User, Guid? Via, Message? Why, int Weight = 1, Found? Instead = null);

/// <summary>What someone, or the system, does to an approval.</summary>
internal abstract record ApprovalDo
{
    /// <summary>Answers <see cref="ApprovalEvent.SeatsWanted"/>: these are the approvers. Nobody makes an incident, never a pass.</summary>
    internal sealed record Seats(string Stage, IReadOnlyList<Candidate> Candidates) : ApprovalDo;
    /// <summary>Answers <see cref="ApprovalEvent.SeatsWanted"/>: the stage's condition does not hold.</summary>
    internal sealed record Skip(string Stage) : ApprovalDo;

    internal sealed record Approve(Guid By, int? Seat, string? Comment) : ApprovalDo;
    internal sealed record Reject(Guid By, int? Seat, string? Comment) : ApprovalDo;
    /// <param name="To">Stage key, <c>previous</c>, or <c>initiator</c>.</param>
    internal sealed record Return(Guid By, int? Seat, string To, string? Comment) : ApprovalDo;
    /// <summary>转办: the other decides instead.</summary>
    internal sealed record Transfer(Guid By, int? Seat, Guid To, string? Comment) : ApprovalDo;
    /// <summary>委派: the other gives an opinion, then it comes back.</summary>
    internal sealed record Delegate(Guid By, int? Seat, Guid To, string? Comment) : ApprovalDo;
    /// <summary>加签: another decides too, before or after.</summary>
    internal sealed record AddSigner(Guid By, int? Seat, Guid Signer, bool Before, string? Comment) : ApprovalDo;
    /// <summary>减签: takes back a signer that one added oneself.</summary>
    internal sealed record RemoveSigner(Guid By, int Seat) : ApprovalDo;
    /// <summary>拿回: undoes one's own approval while nobody has decided after it.</summary>
    internal sealed record TakeBack(Guid By, int? Seat) : ApprovalDo;
    /// <summary>撤销, by the initiator.</summary>
    internal sealed record Withdraw(Guid By, string? Comment) : ApprovalDo;
    /// <summary>After a return to the initiator.</summary>
    internal sealed record Resubmit(Guid By, string? Comment) : ApprovalDo;
    /// <summary>催办, by the initiator.</summary>
    internal sealed record Urge(Guid By) : ApprovalDo;
    /// <summary>抄送.</summary>
    internal sealed record Copy(Guid By, IReadOnlyList<Guid> To) : ApprovalDo;
    internal sealed record Remark(Guid By, string Text) : ApprovalDo;

    /// <summary>An approver became absent, or came back: someone else sits there now.</summary>
    internal sealed record Substitute(int Seat, Guid To, Guid? Via, Message Why) : ApprovalDo;
    /// <summary>A seat is late for good: what the stage says happens. <paramref name="To"/> is whom its rule found.</summary>
    internal sealed record Late(int Seat, WhenLate Then, Found? To) : ApprovalDo;
    /// <summary>An approved field changed, or the run gave up.</summary>
    internal sealed record Void(Message Why) : ApprovalDo;
}

/// <summary>What happened to an approval.</summary>
internal abstract record ApprovalEvent
{
    /// <summary>Find the approvers of this stage and answer with <see cref="ApprovalDo.Seats"/> or <see cref="ApprovalDo.Skip"/> in the same transaction.</summary>
    internal sealed record SeatsWanted(string Stage) : ApprovalEvent;
    /// <summary>A seat waits for its approver: tell them, set its due time.</summary>
    internal sealed record SeatOpened(string Stage, int Seat, Guid Approver) : ApprovalEvent;
    /// <summary>A seat no longer waits.</summary>
    internal sealed record SeatClosed(string Stage, int Seat, SeatStatus As) : ApprovalEvent;
    /// <summary>Nobody can decide this stage: an incident for the administrator, who may be seated with <see cref="ApprovalDo.Seats"/>.</summary>
    internal sealed record NobodyFound(string Stage) : ApprovalEvent;
    /// <summary>An entry of the approval's history. <c>By</c> null is the system.</summary>
    internal sealed record Said(string Act, Guid? By, int? Seat, string? Text, Guid? To = null, Message? Why = null) : ApprovalEvent;
    /// <summary>People to be told: urged approvers, copies.</summary>
    internal sealed record Tell(IReadOnlyList<Guid> Users, string What) : ApprovalEvent;
    /// <summary>Back with the initiator: fields are unlocked until submitted again.</summary>
    internal sealed record ReturnedToInitiator : ApprovalEvent;
    /// <summary>Submitted again: the fields are locked and hashed anew.</summary>
    internal sealed record Resubmitted : ApprovalEvent;
    /// <summary>The one outcome.</summary>
    internal sealed record Ended(ApprovalStatus Status) : ApprovalEvent;
}
