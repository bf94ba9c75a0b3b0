using System.Text.RegularExpressions;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Leads.Capture;

/// <summary>A form has an address of its own and asks for a way to answer.</summary>
internal sealed partial class FormRule(Session session) : IRecordRule
{
    /// <summary>Without one of these nobody could be called back.</summary>
    public static readonly IReadOnlyList<string> Ways = ["phone", "email", "wechat"];

    public string RecordType => FormType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        var form = change.After;
        var fields = form.Get<IReadOnlyList<string>>("fields") ?? [];
        if (fields.Count > 0 && !fields.Any(Ways.Contains)) change.Wrong("fields", "form.noWay");
        if ((form.Get<IReadOnlyList<string>>("requiredFields") ?? []).Any(f => !fields.Contains(f))) change.Wrong("requiredFields", "form.requiredNotAsked");
        await Slug.EnsureAsync(session, change, "slug", Address(), "form.slug", "form.slugTaken", ct);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,59}$")]
    private static partial Regex Address();
}
