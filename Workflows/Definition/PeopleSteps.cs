using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Shared.Records;
using Crm.Shared.Time;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition;

/// <summary>Work for a person. Outcome: the button pressed; outputs: <c>answers</c>, <c>assignee</c>.</summary>
internal sealed record TaskStep : Step
{
    public override string Kind => "task";
    public required PeopleRule Assignee { get; init; }
    /// <summary>Template.</summary>
    [JsonConverter(typeof(WordingConverter))] public required Label Title { get; init; }
    /// <summary>Template, Markdown: what to say and do.</summary>
    [JsonConverter(typeof(WordingConverter))] public Label? Script { get; init; }
    public IReadOnlyList<FormField> Form { get; init; } = [];
    public IReadOnlyList<ChecklistItem> Checklist { get; init; } = [];
    /// <summary>One button <c>done</c> when none are named.</summary>
    public IReadOnlyList<TaskOutcome> Outcomes { get; init; } = [];
    public Moment? Due { get; init; }
    /// <summary>How long before the due time the assignee is reminded.</summary>
    public IReadOnlyList<BusinessDuration> Reminders { get; init; } = [];
    /// <summary>What happens when it is late, in order.</summary>
    public IReadOnlyList<Escalation> Escalations { get; init; } = [];
}

/// <summary>A question of a task's form.</summary>
internal sealed record FormField
{
    public required string Key { get; init; }
    /// <summary>Field of the record that shows the present value and takes the answer; label, type and options come from it.</summary>
    public string? Field { get; init; }
    public FieldType? Type { get; init; }
    public Label? Label { get; init; }
    public bool Required { get; init; }
    public IReadOnlyList<Option> Options { get; init; } = [];
    public Label? Help { get; init; }
}

internal sealed record ChecklistItem(string Key, Label Label)
{
    public bool Required { get; init; }
}

internal enum OutcomeStyle { Default, Primary, Danger }

/// <summary>A button that completes a task.</summary>
internal sealed record TaskOutcome(string Key, Label Label)
{
    public OutcomeStyle Style { get; init; }
    /// <summary>Form keys that must be filled for this outcome though they are not required otherwise.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];
    /// <summary>Form keys that are asked for the outcomes naming them only.</summary>
    public IReadOnlyList<string> Asks { get; init; } = [];
    /// <summary>Lets required form fields and the checklist be: "wrong number" needs no budget.</summary>
    public bool SkipsForm { get; init; }
}

internal enum EscalationDo { Notify, Superior, Reassign, Complete }

/// <summary>What happens to a late task.</summary>
internal sealed record Escalation
{
    /// <summary>After the due time.</summary>
    public required BusinessDuration After { get; init; }
    public EscalationDo Do { get; init; }
    /// <summary>Who is told or takes over; the assignee's superior unless given.</summary>
    public PeopleRule? To { get; init; }
    /// <summary>Outcome of <see cref="EscalationDo.Complete"/>.</summary>
    public string? Outcome { get; init; }
}

/// <summary>A decision by one or more people. Outcome: approved, rejected, returned, withdrawn or voided.</summary>
internal sealed record ApprovalStep : Step
{
    public override string Kind => "approval";
    /// <summary>Template.</summary>
    [JsonConverter(typeof(WordingConverter))] public required Label Title { get; init; }
    public IReadOnlyList<ApprovalStage> Stages { get; init; } = [];
    /// <summary>Fields that are approved: locked while it runs, a later change voids it.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
    /// <summary>Who asks for the approval; the run's initiator, else the owner, unless given.</summary>
    public PeopleRule? Initiator { get; init; }
    public InitiatorIsApprover InitiatorIsApprover { get; init; } = InitiatorIsApprover.Superior;
    public AfterReturn AfterReturn { get; init; }
    public ReturnToInitiator ReturnToInitiator { get; init; }
    /// <summary>Told of the outcome (抄送).</summary>
    public PeopleRule? Copies { get; init; }
    /// <summary>Acts that approvers may not use here.</summary>
    public IReadOnlyList<ApprovalAct> Forbidden { get; init; } = [];

    /// <summary>What people call a stage: by its place where nobody named it.</summary>
    public Label NameOf(string stage)
    {
        var place = Stages.TakeWhile(s => s.Key != stage).Count();
        return Stages.ElementAtOrDefault(place)?.Label ?? new($"第 {place + 1} 级审批", $"Stage {place + 1}");
    }
}

internal enum ApprovalMode { Any, All, Sequence, Vote }

internal enum InitiatorIsApprover { Allow, Skip, Superior, DepartmentHead }

internal enum AfterReturn { Restart, StraightBack }

/// <summary>What a return to the initiator does: the approval waits to be submitted again, or ends with outcome returned.</summary>
internal enum ReturnToInitiator { Wait, End }

/// <summary>Acts of approvers that an SOP may forbid.</summary>
internal enum ApprovalAct { Return, Transfer, Delegate, AddSigner, TakeBack, Withdraw }

internal sealed record ApprovalStage
{
    public required string Key { get; init; }
    public Label? Label { get; init; }
    /// <summary>Condition under which the stage is held; it is skipped otherwise.</summary>
    public JsonElement? When { get; init; }
    public required PeopleRule Approvers { get; init; }
    public ApprovalMode Mode { get; init; }
    /// <summary>Share of weight, in percent, that approves a vote.</summary>
    public int Threshold { get; init; } = 50;
    /// <summary>Weight of votes by role; 1 for others.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = new Dictionary<string, int>();
    public Moment? Due { get; init; }
    /// <summary>How often late approvers are reminded, and the time between.</summary>
    public int Remind { get; init; }
    public BusinessDuration? RemindEvery { get; init; }
    /// <summary>After the reminders.</summary>
    public WhenLate WhenLate { get; init; }
    public PeopleRule? EscalateTo { get; init; }
}

internal enum WhenLate { Nothing, Escalate, Approve, Reject }
