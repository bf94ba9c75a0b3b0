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
        if (form.Text("slug") is not { } slug) return;
        if (!Address().IsMatch(slug)) change.Wrong("slug", "form.slug");
        var taken = await session.FirstAsync<string>("SELECT title FROM leads_form WHERE slug = @slug AND deleted_at IS NULL AND id <> @id", new { slug, id = form.Id }, ct);
        if (taken is not null) change.Wrong("slug", "form.slugTaken", taken);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,59}$")]
    private static partial Regex Address();
}
