using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Engine;

/// <summary>What wakes a run. Late and doubled ones change nothing; the turn then says why in <see cref="Turn.Ignored"/>.</summary>
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Evaluated), "evaluated")]
[JsonDerivedType(typeof(Executed), "executed")]
[JsonDerivedType(typeof(Listed), "listed")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(TimerFired), "timer")]
[JsonDerivedType(typeof(EventArrived), "event")]
[JsonDerivedType(typeof(TaskEnded), "task")]
[JsonDerivedType(typeof(ApprovalEnded), "approval")]
[JsonDerivedType(typeof(ChildEnded), "child")]
[JsonDerivedType(typeof(Cancelled), "cancel")]
[JsonDerivedType(typeof(Retried), "retry")]
[JsonDerivedType(typeof(Skipped), "skip")]
internal abstract record Stimulus;

/// <summary>The run begins.</summary>
internal sealed record Started : Stimulus;

/// <summary>Answers <see cref="Evaluate"/>: for each condition whether it holds.</summary>
/// <param name="Why">Each condition with the values it met, for the history; same order.</param>
internal sealed record Evaluated(At At, IReadOnlyList<bool> Met, IReadOnlyList<IReadOnlyList<ConditionCheck>>? Why = null) : Stimulus;

/// <summary>Answers <see cref="Execute"/>: the step acted.</summary>
internal sealed record Executed(At At, string? Outcome = null, JsonObject? Outputs = null, Label? Why = null) : Stimulus;

/// <summary>Answers <see cref="List"/>.</summary>
internal sealed record Listed(At At, IReadOnlyList<RecordRef> Records) : Stimulus;

/// <summary>Answers any effect that could not be done.</summary>
internal sealed record Failed(At At, FailureClass Class, Message Said) : Stimulus;

/// <summary>A timer's time has come.</summary>
internal sealed record TimerFired(At At, TimerFor For) : Stimulus;

/// <summary>An event that a step waits for has come.</summary>
/// <param name="Event">Id of the awaited event.</param>
internal sealed record EventArrived(At At, string Event, JsonObject? Outputs = null) : Stimulus;

/// <summary>A task was completed.</summary>
/// <param name="Outputs"><c>answers</c> by form key, <c>assignee</c>.</param>
internal sealed record TaskEnded(At At, string Outcome, JsonObject? Outputs = null, Label? Why = null) : Stimulus;

/// <summary>An approval has its outcome: approved, rejected, returned, withdrawn or voided.</summary>
internal sealed record ApprovalEnded(At At, string Outcome, JsonObject? Outputs = null, Label? Why = null) : Stimulus;

/// <summary>A called SOP ended: completed or cancelled.</summary>
internal sealed record ChildEnded(At At, string Outcome) : Stimulus;

/// <summary>Someone ends the run.</summary>
internal sealed record Cancelled(Label? Reason = null) : Stimulus;

/// <summary>Someone lets a failed step try again, with corrected inputs where given.</summary>
internal sealed record Retried(At At, JsonObject? Edited = null) : Stimulus;

/// <summary>Someone lets the run go on without a failed step.</summary>
internal sealed record Skipped(At At, string? Outcome = null, JsonObject? Outputs = null) : Stimulus;
