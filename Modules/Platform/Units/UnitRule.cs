using Crm.Platform.People;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Platform.Units;

/// <summary>Units form one tree, and nobody is left behind when one goes.</summary>
internal sealed class UnitRule(Session session, DirectoryChanges changes, IDirectory people) : IRecordRule
{
    public string? RecordType => "unit";

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        // First, so that those who change the directory come one after the other and each sees what the one before did.
        await changes.RaiseAsync(ct);
        if (change.Kind == ChangeKind.Deleted) await RefuseToLeaveBehindAsync(change.After, ct);
        else CheckPlace(change, await people.ReadAsync(ct));
    }

    private async Task RefuseToLeaveBehindAsync(Record unit, CancellationToken ct)
    {
        var args = new { id = unit.Id };
        var staff = await session.FirstAsync<long>("SELECT COUNT(*) FROM platform_user WHERE unit_id = @id AND deleted_at IS NULL", args, ct);
        if (staff > 0) throw Problem.Conflict("unit.hasPeople", unit.Name, staff);
        var below = await session.FirstAsync<long>("SELECT COUNT(*) FROM platform_unit WHERE parent_id = @id AND deleted_at IS NULL", args, ct);
        if (below > 0) throw Problem.Conflict("unit.hasUnits", unit.Name, below);
    }

    private static void CheckPlace(RecordChange change, DirectoryView view)
    {
        var id = change.After.Id;
        if (change.After.Reference("parent") is not { } parent)
        {
            if (view.Units.FirstOrDefault(u => u.ParentId is null && u.Id != id) is { } root) Refuse("unit.oneRoot", root.Name);
        }
        else if (parent == id || view.Unit(parent)?.Path.Contains(id) == true) Refuse("unit.circle", change.After.Name);
        else if (change.Kind == ChangeKind.Restored && view.Unit(parent) is null) Refuse("unit.parentGone");

        void Refuse(string code, params object?[] args)
        {
            if (change.Kind == ChangeKind.Restored) throw Problem.Conflict(code, args);
            change.Wrong("parent", code, args);
        }
    }
}
