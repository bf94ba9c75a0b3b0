using Crm.Shared.Access;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Leads;

/// <summary>What holds for a lead by whatever door it comes: it can be called something, its status is reached in the ways there are, its owner is given by those who may.</summary>
internal sealed class LeadRule : IRecordRule
{
    public const string Converted = "converted";

    public string RecordType => LeadType.Key;

    public Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Restored) return Task.CompletedTask;
        var lead = change.After;
        // Lists of old leads often hold no person's name.
        lead["name"] ??= lead.Text("company") ?? lead.Text("phone") ?? lead.Text("email") ?? lead.Text("externalId");
        GuardOwner(change);
        if (lead["wonDate"] is not null && LeadStatus.IsOpen(lead.Text("status")) && change.Changed("wonDate")) Win(change);
        else GuardStatus(change);
        if (lead.Text("status") == LeadStatus.Invalid && lead["invalidReason"] is null) NeedReason(change);
        return Task.CompletedTask;
    }

    /// <summary>Old systems know of leads that were won, and of no deal that came of them; a person converts.</summary>
    private static void Win(RecordChange change)
    {
        if (change.Actor.Source == Source.Import) change.After["status"] = LeadStatus.Converted;
        else change.Wrong("wonDate", "lead.useConvert");
    }

    private static void GuardStatus(RecordChange change)
    {
        if (!change.Changed("status")) return;
        var (from, to) = (change.Before?.Text("status"), change.After.Text("status"));
        if (from == LeadStatus.Converted) throw Problem.Conflict("lead.converted", change.After.Name);
        if (to == LeadStatus.Converted && change.Options.Kind != Converted) change.Wrong("status", "lead.useConvert");
        if (to is null) change.Wrong("status", "field.required");
        if (from == LeadStatus.Invalid && to != LeadStatus.Invalid) change.After["invalidReason"] = null;
    }

    private static void NeedReason(RecordChange change)
    {
        // Old systems seldom kept the reason.
        if (change.Actor.Source == Source.Import) change.After["invalidReason"] = "other";
        else change.Wrong("invalidReason", "lead.invalidReason");
    }

    /// <summary>Claiming and being assigned have acts of their own; giving a lead away by hand takes the permission to assign.</summary>
    private static void GuardOwner(RecordChange change)
    {
        if (!change.Changed("owner") || change.Options.Trusted || change.Actor.Can(LeadPermissions.Assign)) return;
        if (change.Before is null && change.After.Owner == change.Actor.UserId) return;
        throw Problem.Forbidden(LeadPermissions.Assign);
    }
}
