using System.Globalization;
using System.Text.Json;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Workflows.Definition;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Trials;

/// <summary>An SOP to be tried, as if it were published.</summary>
internal sealed record Draft(PublishedSop Sop, string Json, SopPlans.Loan? Loan) : IDisposable
{
    public void Dispose() => Loan?.Dispose();
}

/// <summary>Finds what is to be tried: a version, the draft, or one that is not saved. A draft must be fit to be published.</summary>
internal sealed class Drafts(Session session, SopBook book, SopCheck check, SopPlans plans)
{
    public async Task<Draft> OpenAsync(string key, string? version, JsonElement? unsaved, CancellationToken ct)
    {
        if (unsaved is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) }) throw Problem.Invalid("definition", "sop.notObject", "definition");
        if (unsaved is { ValueKind: JsonValueKind.Object } definition)
        {
            SopCheck.Read(key, definition);
            return await LendAsync(definition.GetRawText(), ct);
        }
        var row = await book.FindAsync(key, ct) ?? throw Problem.NotFound("sop", key);
        if (version == "draft" || version is null && (row.Draft is not null || row.Published is null)) return await LendAsync(await book.DraftAsync(row, ct), ct);
        var number = version is null ? row.Published!.Value : int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : throw Problem.Invalid("version", "field.option", version);
        var published = await book.VersionAsync(key, number, ct) ?? throw Problem.NotFound("sop", key);
        return new(new(key, number, await plans.GetAsync(session, key, number, ct)), published.Definition, null);
    }

    /// <summary>One that was checked before.</summary>
    public Draft Lend(string definition)
    {
        var plan = new SopPlan(SopJson.Read(definition));
        var loan = plans.Lend(plan);
        return new(new(plan.Sop.Key, loan.Version, plan), definition, loan);
    }

    private async Task<Draft> LendAsync(string definition, CancellationToken ct)
    {
        await check.PublishableAsync(definition, ct);
        return Lend(definition);
    }
}
