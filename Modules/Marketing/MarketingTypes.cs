using Crm.Marketing.Campaigns;
using Crm.Marketing.Mailing;
using Crm.Marketing.Segments;
using Crm.Marketing.Tags;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;

namespace Crm.Marketing;

internal sealed class MarketingTypes : IRecordTypes
{
    public IEnumerable<RecordType> Types => [CampaignType.Type, SegmentType.Type, TagType.Type, MailTemplateType.Type];
}

internal sealed class MarketingPermissions : IPermissions
{
    private static readonly string[] Everybody = [BuiltInRole.SalesOps, BuiltInRole.SalesDirector, BuiltInRole.SalesManager, BuiltInRole.Rep, BuiltInRole.ServiceAgent, BuiltInRole.Marketing];
    private static readonly string[] Makers = [BuiltInRole.SalesOps, BuiltInRole.Marketing];

    public IEnumerable<Permission> Permissions =>
        from type in new MarketingTypes().Types
        from act in new (string Key, Label Label)[] { ("read", new("查看", "See")), ("create", new("新建", "Create")), ("update", new("修改", "Change")), ("delete", new("删除", "Delete")), ("import", new("导入", "Import")) }
        select new Permission(type.Permission(act.Key), new($"{act.Label.Zh}{type.Label.Zh}", $"{act.Label.En} {type.Label.En}"), act.Key == "read" ? Everybody : Makers);
}

/// <summary>Codes: what SOPs and imports call a record by.</summary>
internal static partial class Code
{
    public static readonly Label Help = new("流程按此引用；不填则自动生成。小写字母、数字、- 和 _", "SOPs call it by this; made from the name where left out. Small letters, digits, - and _");

    public static Task CheckAsync(Session session, RecordChange change, CancellationToken ct) => Slug.EnsureAsync(session, change, "code", Shape(), "code.shape", "code.taken", ct);

    [System.Text.RegularExpressions.GeneratedRegex("^[a-z0-9][A-Za-z0-9_-]{0,59}$")]
    private static partial System.Text.RegularExpressions.Regex Shape();
}
