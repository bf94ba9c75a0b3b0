using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;

namespace Crm.Marketing.Segments;

/// <summary>A segment by filter has one; what it is a group of stays.</summary>
internal sealed class SegmentRule(Session session, ICatalogueSource catalogue) : IRecordRule
{
    public string RecordType => SegmentType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Restored) return;
        var segment = change.After;
        await Code.CheckAsync(session, change, ct);
        if (change.Before is not null && (change.Changed("target") || change.Changed("kind"))) change.Wrong(change.Changed("target") ? "target" : "kind", "segment.stays");
        if (segment.Text("kind") == SegmentType.ByHand) segment["filter"] = null;
        else if (segment.Text("filter") is not { } filter) change.Wrong("filter", "field.required");
        else if (segment.Text("target") is { } target) CheckFilter(change, filter, target);
    }

    private void CheckFilter(RecordChange change, string filter, string target)
    {
        var now = catalogue.Current;
        if (now.Find(target) is not { } type) change.Wrong("target", "segment.noType");
        // Nobody acts when the clock turns: "mine" would be nobody's.
        else if (change.Changed("filter") && change.Errors.All(e => e.Field != "filter") && MemoryFilter.All(FilterParser.Parse(filter, type, now)).Any(c => c.Values.Any(v => v is Me or MyUnit)))
            change.Wrong("filter", "segment.mine");
    }
}
