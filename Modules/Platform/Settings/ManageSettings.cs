using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Crm.Platform.Settings;

internal sealed record SettingInfo(string Key, FieldType Type, Label Label, Label? Help, bool Required, int MaxLength, decimal? Min, decimal? Max, string? References, IReadOnlyList<Option> Options, object? Value);

internal sealed record ListSettings : IQuery<IReadOnlyList<SettingInfo>>;

internal sealed class ListSettingsHandler(Session session, SettingsBook book, IRecords records) : IRequestHandler<ListSettings, IReadOnlyList<SettingInfo>>
{
    public async Task<IReadOnlyList<SettingInfo>> Handle(ListSettings request, CancellationToken ct)
    {
        var values = await book.ReadAsync(session, ct);
        var list = new List<SettingInfo>();
        foreach (var field in book.Fields)
        {
            var value = values[field.Key];
            if (value is Guid id) value = new { id, name = (await records.NamesAsync(field.References!, [id], ct)).GetValueOrDefault(id) };
            list.Add(new(field.Key, field.Type, field.Label, field.Help, field.Required, Values.Longest(field), field.Min, field.Max, field.References, field.Options, value));
        }
        return list;
    }
}

/// <summary>Sets the named settings; the others stay.</summary>
[Requires("settings.manage")]
internal sealed record SetSettings(IReadOnlyDictionary<string, JsonElement> Values) : ICommand<Nothing>;

internal sealed class SetSettingsHandler(Session session, SettingsBook book, Freshness freshness, IDirectory people) : IRequestHandler<SetSettings, Nothing>
{
    public async Task<Nothing> Handle(SetSettings request, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        foreach (var (key, json) in request.Values)
        {
            if (book.Fields.FirstOrDefault(f => f.Key == key) is not { } field)
            {
                errors.Add(new(key, "field.unknown", key));
                continue;
            }
            var (value, error) = Values.Read(field, json, key);
            if (error is null && value is null && field.Required) error = new(key, "field.required");
            if (error is null && value is Guid id && field.References == "user" && (await people.ReadAsync(ct)).Person(id) is not { Active: true }) error = new(key, "field.reference");
            if (error is not null) errors.Add(error);
            else await WriteAsync(field, value, ct);
        }
        if (errors.Count > 0) throw Problem.Invalid([.. errors]);
        await freshness.RaiseAsync(session, SettingsBook.StampName, ct);
        return Nothing.Value;
    }

    private async Task WriteAsync(Field field, object? value, CancellationToken ct)
    {
        var row = new { field.Key, json = value is null ? null : JsonSerializer.Serialize(FieldStorage.ToJson(field, value), Stored.Json) };
        if (await session.ExecuteAsync("UPDATE platform_setting SET value = @json WHERE name = @Key", row, ct) == 0)
            await session.ExecuteAsync("INSERT INTO platform_setting (name, value) VALUES (@Key, @json)", row, ct);
    }
}

internal static class SettingEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder api)
    {
        api.MapGet("settings", async (IMediator mediator, CancellationToken ct) => new Listed<SettingInfo>(await mediator.Send(new ListSettings(), ct)));
        api.MapPut("settings", async (Dictionary<string, JsonElement> body, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new SetSettings(body), ct);
            return new Listed<SettingInfo>(await mediator.Send(new ListSettings(), ct));
        });
    }
}
