using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Mailing;
using Crm.Workflows.Runtime.Outside;
using Crm.Workflows.Runtime.Starts;
using Microsoft.Extensions.Logging;

namespace Crm.Workflows.Runtime;

/// <summary>Answers what the engine asks: conditions, acting steps, related records, called SOPs.</summary>
internal sealed class Answers(
    Session session, IRecords records, ICatalogueSource catalogue, Reading reading, Wording wording, MailTexts mails, ActingSteps steps, OutsideSteps outside, RunStarter starter,
    CurrentActor current, IServiceProvider services, Meters meters, TimeProvider time, ILogger<Answers> log)
{
    /// <summary>Null where a later turn answers.</summary>
    public async Task<Stimulus?> AnswerAsync(TurnContext turn, IAsks question, CancellationToken ct)
    {
        try
        {
            return question switch
            {
                Evaluate ask => await EvaluateAsync(turn, ask, ct),
                Execute ask => await ExecuteAsync(turn, ask, ct),
                List ask => await ListAsync(turn, ask, ct),
                StartChild ask => await StartChildAsync(turn, ask, ct),
                _ => throw new InvalidOperationException($"Nobody answers {question.GetType().Name}."),
            };
        }
        catch (Exception why) when (!Failures.BelongsToQueue(why, session.Dialect, ct))
        {
            if (why is not (StepFailure or Problem)) log.LogWarning(why, "Step {At} of run {Run} failed", question.At, turn.Run.Id);
            return Failures.Of(question.At, why);
        }
    }

    private async Task<Stimulus> EvaluateAsync(TurnContext turn, Evaluate ask, CancellationToken ct)
    {
        var facts = await reading.FactsAsync(turn, ask.At, ask.Items, ask.Conditions, ct);
        var results = ask.Conditions.Select(c => Conditions.Evaluate(c, facts)).ToList();
        return new Evaluated(ask.At, [.. results.Select(r => r.Met)], [.. results.Select(r => r.Checks)]);
    }

    private async Task<Stimulus?> ExecuteAsync(TurnContext turn, Execute ask, CancellationToken ct)
    {
        var act = (Act)turn.Plan[ask.At.Step];
        var step = steps.Find(act.ActKind) ?? throw new StepFailure(FailureClass.Configuration, new("run.unknownStep", act.ActKind));
        turn.Attempt(ask.At, ask.Attempt);
        session.Rehearsal?.Tell(new Begun(turn.Run.Id, ask.At));
        var resolved = await ResolveAsync(turn, ask, act, step.Description, ct);
        turn.Given(ask.At, step.Description.Told(resolved));
        if (step.Description.External)
        {
            await outside.EnqueueAsync(turn, ask, act.ActKind, resolved, ct);
            return null;
        }
        var started = time.GetTimestamp();
        var context = ContextOf(turn, ask.At, ask.Items);
        try
        {
            // A step that fails takes back what it did, and only that.
            var result = await session.PartAsync(() => step.RunAsync(context, new StepInputs(resolved), ct), ct);
            return new Executed(ask.At, result.Outcome, result.Outputs, result.Why);
        }
        finally
        {
            turn.Forget();
            if (session.Rehearsal is null) meters.Acted(turn.Run.SopKey, act.Id, act.ActKind, time.GetElapsedTime(started));
        }
    }

    public StepContext ContextOf(TurnContext turn, At at, IReadOnlyList<RecordRef> items) => new()
    {
        RunId = turn.Run.Id,
        SopKey = turn.Run.SopKey,
        StepId = at.Step,
        Visit = at.Visit,
        Record = turn.Run.Record,
        Item = items is [.., var item] ? item : null,
        Initiator = turn.Run.InitiatorId,
        Actor = current.Value,
        Services = services,
    };

    private async Task<Dictionary<string, JsonElement>> ResolveAsync(TurnContext turn, Execute ask, Act act, StepDescription description, CancellationToken ct)
    {
        var written = new List<(StepInput Input, JsonNode Value)>();
        foreach (var input in description.Inputs)
            if (ask.Edited?[input.Key] is { } edited) written.Add((input, edited));
            else if (act.Inputs.TryGetValue(input.Key, out var given) && !InputValues.IsPlain(input.Type, given) && InputValues.Node(given) is { } value) written.Add((input, value));
        var plain = written.Where(w => w.Input.Type != InputType.Template).SelectMany(w => InputValues.Paths(w.Value));
        var values = await reading.ValuesAsync(turn, ask.At, ask.Items, plain, locale: null, ct);
        var resolved = values.Resolve(description with { Inputs = [.. description.Inputs.Where(i => i.Type != InputType.Template)] }, act.Inputs, ask.Edited);
        foreach (var (input, value) in written.Where(w => w.Input.Type == InputType.Template))
        {
            var text = value is JsonObject both ? both.Deserialize<Label>(ContractJson.Options)! : new Label(value.GetValue<string>(), value.GetValue<string>());
            if (input.MayBeHtml)
            {
                resolved[input.Key] = JsonSerializer.SerializeToElement(await mails.BodyAsync(turn, ask.At, ask.Items, text, ct), ContractJson.Options);
                continue;
            }
            var said = await wording.RenderAsync(turn, ask.At, ask.Items, text, ct);
            resolved[input.Key] = value is JsonObject ? JsonSerializer.SerializeToElement(said, ContractJson.Options) : JsonSerializer.SerializeToElement(said.Zh);
        }
        foreach (var (input, value) in written.Where(w => w.Input.Type == InputType.MailTemplate))
            resolved[input.Key] = JsonSerializer.SerializeToElement(await mails.RenderAsync(turn, ask.At, ask.Items, value.GetValue<string>(), ct), ContractJson.Options);
        return resolved;
    }

    private async Task<Stimulus> ListAsync(TurnContext turn, List ask, CancellationToken ct)
    {
        var each = (ForEach)turn.Plan[ask.At.Step];
        var type = catalogue.Current[each.Type];
        var via = type.Find(each.Via) ?? throw new StepFailure(FailureClass.Configuration, new("filter.unknownField", each.Via));
        Filter filter = new Condition(each.Via, [via], FilterOp.Eq, [new Literal(turn.Run.RecordId)]);
        if (each.Filter is { } more) filter = new And([filter, FilterParser.Parse(more, type, catalogue.Current)]);
        var found = new List<RecordRef>();
        string? after = null;
        do
        {
            var page = await records.ListAsync(new(each.Type) { Filter = filter, Sort = ["createdAt"], Limit = Math.Min(200, ask.Limit - found.Count), After = after, Trusted = true }, ct);
            found.AddRange(page.Items.Select(r => new RecordRef(each.Type, r.Id)));
            after = page.Next;
        }
        while (after is not null && found.Count < ask.Limit);
        return new Listed(ask.At, found);
    }

    private async Task<Stimulus> StartChildAsync(TurnContext turn, StartChild ask, CancellationToken ct)
    {
        var record = await reading.RecordAsync(turn, ct);
        if (ask.Of is { } path)
        {
            var field = catalogue.Current.Path(record.Type, path)?[^1] ?? throw new StepFailure(FailureClass.Configuration, new("filter.unknownField", path));
            var id = await reading.FieldAsync(record, path, ct) as Guid? ?? throw new StepFailure(FailureClass.Data, new("run.emptyPath", path));
            record = await records.FindAsync(field.References!, id, ct) ?? throw new StepFailure(FailureClass.Data, new("run.recordGone", id));
        }
        else if (ask.Items is [.., var item]) record = await turn.RecordAsync(records, item, ct) ?? record;
        await starter.StartChildAsync(turn.Run, ask.At, ask.Sop, record, ask.Wait, ct);
        return new Executed(ask.At);
    }
}

/// <summary>Told to a rehearsal: what happens next is this step's doing.</summary>
internal sealed record Begun(Guid Run, At At);
