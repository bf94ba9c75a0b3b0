using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Leads.Assignment;

/// <summary>SOP step: gives a new lead an owner by the first rule that fits and finds somebody, and says which and why.</summary>
internal sealed class AssignStep : IStep
{
    private const string Assigned = "assigned", Kept = "kept";

    public StepDescription Description { get; } = new("leads.assign", StepGroup.Leads,
        new("分配线索", "Assign the lead"),
        new("按规则分配线索", "Assign the lead by rules"),
        new("华东线索分给华东销售中手上工作最少的人", "Leads of East China go to the rep there with the least open work"))
    {
        RecordTypes = [LeadType.Key],
        Inputs =
        [
            new("rules", InputType.List, new("规则", "Rules"))
            {
                Items =
                [
                    new("label", InputType.Label, new("名称", "Name")) { Required = true },
                    new("filter", InputType.Filter, new("适用条件", "Applies when")),
                    // The next rule is asked then, and in the end the default.
                    new("assignees", InputType.People, new("分给", "Goes to")) { Required = true, NobodyIsFine = true },
                ],
            },
            new("default", InputType.People, new("默认负责人", "Default owner")) { Required = true, Help = new("没有规则适用或找不到人时", "When no rule fits or finds somebody") },
            new("keepOwner", InputType.Boolean, new("已有负责人则不变", "Keep an owner it has")) { Default = true },
        ],
        Outputs = [new("owner", FieldType.Reference, new("负责人", "Owner")) { References = "user" }, new("rule", FieldType.Text, new("规则", "Rule"))],
        Outcomes = [new(Assigned, new("已分配", "Assigned")), new(Kept, new("保留原负责人", "Kept its owner"))],
    };

    public async Task<StepResult> RunAsync(StepContext context, StepInputs inputs, CancellationToken ct)
    {
        var (records, texts) = (context.Services.GetRequiredService<IRecords>(), context.Services.GetRequiredService<Texts>());
        var people = (await context.Services.GetRequiredService<IDirectory>().ReadAsync(ct)).Person;
        var lead = await records.FindAsync(LeadType.Key, context.LeadId(), ct)
            ?? throw new StepFailure(FailureClass.Data, new Message("notFound"));
        if (lead.Owner is { } owner && inputs.Read<bool?>("keepOwner") != false)
            return Result(Kept, owner, null, new Message("leads.assign.kept", people(owner)?.Name).In(texts));

        foreach (var (rule, position) in (inputs.Read<List<Rule>>("rules") ?? []).Select((r, i) => (r, i)))
        {
            if (!await FitsAsync(context, records, lead, rule.Filter, ct)) continue;
            if (await FindAsync(context, rule.Assignees, $"rules[{position}]", ct) is not { } found) continue;
            var why = new Message("leads.assign.byRule", rule.Name, people(found.User)?.Name, found.Why.In(texts)).In(texts);
            return await GiveAsync(context, lead, found, rule.Name, why, ct);
        }
        if (await FindAsync(context, inputs.Read<PeopleRule>("default")!, "default", ct) is not { } last)
            throw new StepFailure(FailureClass.Configuration, new Message("leads.assign.nobody", lead.Name));
        return await GiveAsync(context, lead, last, null, new Message("leads.assign.byDefault", people(last.User)?.Name, last.Why.In(texts)).In(texts), ct);
    }

    private static async Task<bool> FitsAsync(StepContext context, IRecords records, Record lead, JsonElement? filter, CancellationToken ct)
    {
        if (filter is not { ValueKind: JsonValueKind.Object } json) return true;
        var catalogue = context.Services.GetRequiredService<ICatalogueSource>().Current;
        var parsed = FilterParser.Parse(json, lead.Type, catalogue);
        var values = await records.ReadPathsAsync(lead, MemoryFilter.Paths(parsed), ct);
        var now = context.Services.GetRequiredService<TimeProvider>().UtcNow();
        return MemoryFilter.Matches(parsed, values.GetValueOrDefault, new(lead.Owner, lead.Unit, now, context.Services.GetRequiredService<CrmOptions>().Zone));
    }

    private static async Task<Found?> FindAsync(StepContext context, PeopleRule rule, string place, CancellationToken ct) =>
        await context.Services.GetRequiredService<IPeople>().FindAsync(rule, context, $"{context.SopKey}/{context.StepId}/{place}", ct) is [var first, ..] ? first : null;

    private static async Task<StepResult> GiveAsync(StepContext context, Record lead, Found found, Label? rule, Label why, CancellationToken ct)
    {
        await context.SendAsync(new AssignLead(lead.Id, found.User, why.In(context.Actor.Locale), lead.Version), ct);
        return Result(Assigned, found.User, rule, why);
    }

    private static StepResult Result(string outcome, Guid owner, Label? rule, Label why) => new()
    {
        Outcome = outcome,
        Outputs = new JsonObject { ["owner"] = owner.ToString(), ["rule"] = rule?.Zh },
        Why = why,
    };

    private sealed record Rule(JsonElement? Label, JsonElement? Filter, PeopleRule Assignees)
    {
        /// <summary>A label is one text for both languages or one for each.</summary>
        public Label Name => Label switch
        {
            { ValueKind: JsonValueKind.String } one => new(one.GetString()!, one.GetString()!),
            { ValueKind: JsonValueKind.Object } both => both.Deserialize<Label>(ContractJson.Options)!,
            _ => new("", ""),
        };
    }
}
