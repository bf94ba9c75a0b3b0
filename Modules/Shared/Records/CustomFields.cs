using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using MediatR;

namespace Crm.Shared.Records;

/// <summary>A custom field as an administrator describes it; what is left out stays as it is, or as usual for a new one.</summary>
public sealed record FieldBody
{
    public string? Key { get; init; }
    public FieldType? Type { get; init; }
    public Label? Label { get; init; }
    public bool? Required { get; init; }
    public int? MaxLength { get; init; }
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    public bool? Sensitive { get; init; }
    public bool? Searchable { get; init; }
    public string? References { get; init; }
    public IReadOnlyList<Option>? Options { get; init; }
    public JsonElement? Default { get; init; }
    public Label? Help { get; init; }
}

/// <param name="Key">Of a new field: empty to have one made from its name.</param>
[Requires("catalogue.manage")]
public sealed record SaveField(string Type, string Key, FieldBody Body, bool IsNew) : ICommand<Field>;

/// <summary>Takes the field out of sight. Its values stay where they are and come back with a field of the same key and type.</summary>
[Requires("catalogue.manage")]
public sealed record RemoveField(string Type, string Key) : ICommand<Unit>;

internal sealed partial class CustomFields(Session session, ICatalogueSource source, Freshness freshness) : IRequestHandler<SaveField, Field>, IRequestHandler<RemoveField, Unit>
{
    private const int Most = 100;
    private const int Removed = -1;
    private static readonly string[] Reserved = ["id", "version", "can", "masked", "custom"];
    private static readonly FieldType[] Unsupported = [FieldType.Lines, FieldType.Json];

    public async Task<Field> Handle(SaveField request, CancellationToken cancellationToken)
    {
        var type = TypeOf(request.Type);
        var before = request.IsNew ? null : Custom(type, request.Key);
        if (request.Key.Length == 0) request = request with { Key = await FreeKeyAsync(type, request.Body.Label, cancellationToken) };
        var stored = await session.FirstAsync<Row>("SELECT position, definition FROM shared_field WHERE record_type = @type AND name = @key", new { type = type.Key, key = request.Key }, cancellationToken);
        var field = Describe(request, before);
        var errors = Check(type, field, before, stored).ToArray();
        if (errors.Length > 0) throw Problem.Invalid(errors);
        var args = new { type = type.Key, key = field.Key, position = before is null ? await NextAsync(type, cancellationToken) : stored!.Position, definition = JsonSerializer.Serialize(field, CatalogueSource.FieldJson) };
        await session.ExecuteAsync(stored is null
            ? "INSERT INTO shared_field (record_type, name, position, definition) VALUES (@type, @key, @position, @definition)"
            : "UPDATE shared_field SET position = @position, definition = @definition WHERE record_type = @type AND name = @key", args, cancellationToken);
        await freshness.RaiseAsync(session, ICatalogueSource.Stamp, cancellationToken);
        return field;
    }

    public async Task<Unit> Handle(RemoveField request, CancellationToken cancellationToken)
    {
        var field = Custom(TypeOf(request.Type), request.Key);
        await session.ExecuteAsync("UPDATE shared_field SET position = @Removed WHERE record_type = @Type AND name = @Key", new { Removed, request.Type, field.Key }, cancellationToken);
        await freshness.RaiseAsync(session, ICatalogueSource.Stamp, cancellationToken);
        return Unit.Value;
    }

    private RecordType TypeOf(string key) => source.Current.Find(key) is { IsLine: false, External: false } type ? type : throw Problem.NotFound("catalogue", key);

    private static Field Custom(RecordType type, string key) => type.Find(key) is { Custom: true } field ? field : throw Problem.NotFound("field", key);

    private async Task<int> NextAsync(RecordType type, CancellationToken ct) =>
        await session.FirstAsync<int?>("SELECT MAX(position) FROM shared_field WHERE record_type = @type", new { type = type.Key }, ct) is { } last ? Math.Max(last + 1, 0) : 0;

    /// <summary>Not one of a removed field either: its values would come back.</summary>
    private async Task<string> FreeKeyAsync(RecordType type, Label? label, CancellationToken ct)
    {
        var made = await session.QueryAsync<string>("SELECT name FROM shared_field WHERE record_type = @Key", new { type.Key }, ct);
        return Slug.Free(label?.En, "field", [.. Reserved, .. type.AllFields.Select(f => f.Key), .. made]);
    }

    private static Field Describe(SaveField request, Field? before)
    {
        var (body, field) = (request.Body, before ?? new Field(request.Key, request.Body.Type ?? FieldType.Text, request.Body.Label ?? new("", "")) { Custom = true });
        return field with
        {
            Type = body.Type ?? field.Type,
            Label = (body.Label ?? field.Label).Whole(),
            Required = body.Required ?? field.Required,
            MaxLength = body.MaxLength ?? field.MaxLength,
            Min = body.Min ?? field.Min,
            Max = body.Max ?? field.Max,
            Sensitive = body.Sensitive ?? field.Sensitive,
            Searchable = body.Searchable ?? field.Searchable,
            References = body.References ?? field.References,
            Options = [.. (body.Options ?? field.Options).Select(Named)],
            Default = body.Default is { } given ? given : field.Default,
            Help = (body.Help ?? field.Help)?.Whole() is { Zh.Length: > 0 } help ? help : null,
        };
    }

    // what lacks a name altogether is refused below
    private static Option Named(Option option) => option is { Label: { } label } ? option with { Label = label.Whole() } : option;

    private IEnumerable<FieldError> Check(RecordType type, Field field, Field? before, Row? stored)
    {
        if (before is null)
        {
            if (!KeyPattern().IsMatch(field.Key)) yield return new("key", "customField.key");
            if (Reserved.Concat(type.AllFields.Select(f => f.Key)).Contains(field.Key, StringComparer.OrdinalIgnoreCase)) yield return new("key", "customField.taken", field.Key);
            if (type.Fields.Count(f => f.Custom) >= Most) yield return new("key", "customField.limit", Most);
        }
        var fixedAs = before ?? (stored is null ? null : CatalogueSource.Read(stored.Definition));
        if (fixedAs is not null && (fixedAs.Type != field.Type || fixedAs.References != field.References)) yield return new("type", "customField.typeFixed");
        if (Unsupported.Contains(field.Type)) yield return new("type", "customField.type", JsonNamingPolicy.CamelCase.ConvertName(field.Type.ToString()));
        if (field.Label is not { Zh.Length: > 0 and <= 40, En.Length: > 0 and <= 40 }) yield return new("label", "customField.label");
        if (field.Options.Any(o => o is not { Key.Length: > 0 and <= 100, Label: not null }) || field.Options.DistinctBy(o => o.Key).Count() != field.Options.Count || (field.Type is FieldType.Select or FieldType.MultiSelect && field.Options.Count == 0))
            yield return new("options", "customField.options");
        if (field.Type == FieldType.Reference && (field.References is null || source.Current.Find(field.References) is not { IsLine: false })) yield return new("references", "customField.references");
        if (field.MaxLength is < 1 or > 10_000) yield return new("maxLength", "field.max", 10_000);
        if (field.Min > field.Max) yield return new("max", "field.min", field.Min);
        if (field.Default is JsonElement given && Values.Read(field, given, "default").Error is { } wrong) yield return wrong;
    }

    [GeneratedRegex("^[a-z][a-zA-Z0-9]{0,39}$")]
    private static partial Regex KeyPattern();

    private sealed class Row
    {
        public int Position { get; init; }
        public string Definition { get; init; } = "";
    }
}
