using System.Text.Json.Nodes;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Workflows.Contracts;

/// <summary>Something that happened to a record besides a change of its fields. Whoever makes it publishes it in the same transaction: SOPs that it triggers start there and then, runs that wait for it wake.</summary>
/// <param name="Kind">Kind of the triggers it meets, one of <see cref="RecordEvents"/>.</param>
/// <param name="Id">The same event starts an SOP once.</param>
/// <param name="Payload">Told to runs as <c>run.payload.*</c>. Members called as the trigger's inputs are what those choose by.</param>
public sealed record RecordEvent(string Kind, Guid Id, Record Record, JsonObject Payload) : INotification
{
    /// <summary>False for what concerns only those who wait for it.</summary>
    public bool Starts { get; init; } = true;
}

/// <summary>Kinds of events that modules tell.</summary>
public static class RecordEvents
{
    /// <summary>A public form was sent. Payload: <c>form</c> (its key), <c>answers</c>.</summary>
    public const string Form = "form";
    /// <summary>A tracked mail of an SOP was opened the first time. Payload: <c>template</c>, <c>run</c>.</summary>
    public const string MailOpened = "mailOpened";
    /// <summary>A link in a tracked mail was followed the first time. Payload: <c>template</c>, <c>run</c>, <c>link</c>.</summary>
    public const string MailClicked = "mailClicked";
    /// <summary>Payload: <c>segment</c> (its key).</summary>
    public const string SegmentEntered = "segmentEntered", SegmentLeft = "segmentLeft";
    /// <summary>Payload: <c>target</c> (<c>response</c> or <c>resolution</c>), <c>priority</c>, <c>due</c>.</summary>
    public const string SlaWarning = "slaWarning", SlaBreached = "slaBreached";
}
