using Crm.Shared.Data;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Marketing.Tags;

/// <summary>A word that records may be marked with; one list for all of them.</summary>
internal static class TagType
{
    public const string Key = "tag";
    private static readonly IReadOnlyList<Option> Colors =
    [
        .. new (string Key, string Zh, string En)[]
        {
            ("red", "红", "Red"), ("orange", "橙", "Orange"), ("gold", "金", "Gold"), ("green", "绿", "Green"), ("cyan", "青", "Cyan"), ("blue", "蓝", "Blue"), ("purple", "紫", "Purple"), ("default", "灰", "Grey"),
        }.Select(c => new Option(c.Key, new(c.Zh, c.En), c.Key)),
    ];

    public static readonly RecordType Type = new(Key, "tags", "marketing_tag", new("标签", "Tag"))
    {
        Owned = false,
        NaturalKeys = [["code"]],
        Fields =
        [
            new("name", FieldType.Text, new("名称", "Name")) { Required = true, MaxLength = 60, Searchable = true },
            new("color", FieldType.Select, new("颜色", "Colour")) { Default = "blue", Options = Colors },
            new("code", FieldType.Text, new("标识", "Code")) { MaxLength = 60, Searchable = true, Help = new("流程按此引用；不填则自动生成，保存后不能修改", "SOPs call it by this; made from the name where left out, and stays as it is once saved") },
        ],
        Views = [new("all", new("全部标签", "All tags"), null, "name", ["name", "color", "createdAt"])],
    };
}

/// <summary>Codes stand in records, so they stay.</summary>
internal sealed class TagRule(Session session) : IRecordRule
{
    public string RecordType => TagType.Key;

    public async Task BeforeSaveAsync(RecordChange change, CancellationToken ct)
    {
        await Code.CheckAsync(session, change, ct);
        if (change.Before is { } before && before.Text("code") != change.After.Text("code")) change.Wrong("code", "tag.codeStays");
    }
}

/// <summary>Tags are the options of every <c>tags</c> field.</summary>
internal sealed class TagOptions(string recordType) : IFieldOptions
{
    public static readonly IReadOnlyList<string> Tagged = ["lead", "customer", "contact", "opportunity", "ticket"];

    public string RecordType => recordType;
    public string Field => "tags";

    public async Task<IReadOnlyList<Option>> ReadAsync(Session session, CancellationToken ct) =>
        [.. (await session.QueryAsync<Row>("SELECT code, name, color FROM marketing_tag WHERE deleted_at IS NULL ORDER BY name", null, ct)).Select(r => new Option(r.Code, new(r.Name, r.Name), r.Color))];

    private sealed class Row
    {
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Color { get; init; }
    }
}

internal sealed class TagWatch(Session session, Freshness freshness) : INotificationHandler<RecordChanged>
{
    public Task Handle(RecordChanged notification, CancellationToken cancellationToken) =>
        notification.Change.Type.Key == TagType.Key ? freshness.RaiseAsync(session, ICatalogueSource.Stamp, cancellationToken) : Task.CompletedTask;
}
