using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Looks for SOPs that would start themselves: by writing what they are triggered by, or by calling in a circle.</summary>
internal sealed class LoopCheck(Sop sop, SopWorld world, Report report)
{
    public void Check()
    {
        foreach (var step in new SopPlan(sop).Steps)
        {
            using var _ = report.At(step.Id, step.Name, world.Steps.Find(step.Kind));
            foreach (var (type, field, value) in Writes(step))
                foreach (var trigger in sop.Triggers.Where(t => Starts(t, type, field, value)))
                    report.Warning("", field is null ? "sop.createsWhatItTriggersOn" : "sop.writesWhatItTriggersOn", field, trigger.Kind);
            // A record put into the segment that starts the SOP.
            if (step is Act { Kind: "marketing.addToSegment" or "marketing.removeFromSegment" } put && put.Inputs.TryGetValue("segment", out var segment))
                foreach (var trigger in sop.Triggers.Where(t => t.Kind == (put.Kind == "marketing.addToSegment" ? RecordEvents.SegmentEntered : RecordEvents.SegmentLeft) && t.Inputs.TryGetValue("segment", out var watched) && watched.ToString() == segment.ToString()))
                    report.Warning("", "sop.writesWhatItTriggersOn", segment.ToString(), trigger.Kind);
            if (step is Call call)
            {
                if (world.Sops.TryGetValue(call.Sop, out var called) && call.Of is null && called.Record != sop.Record) report.Error("", "sop.callsOtherRecord", call.Sop);
                if (Circle(call.Sop) is { } circle) report.Error("", "sop.callsInCircle", circle);
            }
        }
    }

    /// <summary>Field null: a record of the type is created.</summary>
    private IEnumerable<(string Type, string? Field, JsonElement? Value)> Writes(Step step)
    {
        switch (step)
        {
            case TaskStep task:
                foreach (var asked in task.Form.Where(f => f.Field is not null)) yield return (sop.Record, asked.Field, null);
                break;
            case Act act when act.Inputs.ContainsKey("of"): break; // a related record: another SOP's concern
            case Act { Kind: "assignOwner" or "leads.assign" }: yield return (sop.Record, "owner", null); break;
            case Act { Kind: "score" or "addTag" or "removeTag" } act:
                yield return (sop.Record, act.Inputs.TryGetValue("field", out var field) ? field.GetString() : act.Kind == "score" ? "score" : "tags", null);
                break;
            case Act { Kind: "updateFields" } act when act.Inputs.TryGetValue("fields", out var fields):
                foreach (var given in fields.EnumerateObject()) yield return (sop.Record, given.Name, given.Value);
                break;
            case Act { Kind: "createRecord" } act when act.Inputs.TryGetValue("type", out var type):
                yield return (type.GetString()!, null, null);
                break;
        }
    }

    private bool Starts(Trigger trigger, string type, string? field, JsonElement? value)
    {
        if (type != sop.Record) return false;
        if (field is null) return trigger.Kind == TriggerKinds.Created;
        if (trigger.Kind is not (TriggerKinds.Updated or TriggerKinds.StageEntered)) return false;
        if (TriggerKinds.FieldsWatched(trigger) is { } watched && !watched.Contains(field)) return false;
        // A constant that the trigger does not wait for starts nothing.
        return value is not { ValueKind: not JsonValueKind.Object } written || !trigger.Inputs.TryGetValue("to", out var to)
            || OutputCompare.Holds(JsonSerializer.SerializeToNode(written), "in", JsonSerializer.SerializeToNode(to));
    }

    private string? Circle(string first)
    {
        var seen = new HashSet<string>();
        var open = new Stack<(string Key, string Trail)>([(first, $"{sop.Key} → {first}")]);
        while (open.TryPop(out var next))
        {
            if (next.Key == sop.Key) return next.Trail;
            if (!seen.Add(next.Key) || !world.Sops.TryGetValue(next.Key, out var called)) continue;
            foreach (var further in called.Calls) open.Push((further, $"{next.Trail} → {further}"));
        }
        return null;
    }
}
