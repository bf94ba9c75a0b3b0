using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Engine;

/// <summary>A run brought to another version, or why it cannot be.</summary>
/// <param name="State">Null when there are problems.</param>
/// <param name="Renamed">What the run waits for under a new name: timers, tasks, approvals, subscriptions and child runs take it over as they are.</param>
/// <param name="Effects">Subscriptions made anew because the awaited events differ.</param>
internal sealed record Migrated(RunState? State, IReadOnlyDictionary<At, At> Renamed, IReadOnlyList<Effect> Effects, IReadOnlyList<Message> Problems);

/// <summary>Moves a run to another version of its SOP, where it stands. Steps are told by id, or by the plan's map from old to new ids. Assignees and due times stay.</summary>
internal static partial class Migration
{
    public static Migrated Migrate(RunState state, SopPlan from, SopPlan to, IReadOnlyDictionary<string, string> map)
    {
        var problems = new List<Message>();
        var renamed = new Dictionary<At, At>();
        var effects = new List<Effect>();
        var moved = state.Copy();
        string New(string id) => map.GetValueOrDefault(id, id);

        if (state.Status != RunStatus.Running) return new(null, renamed, [], [new("engine.notRunning")]);
        if (from.Sop.Record != to.Sop.Record) return new(null, renamed, [], [new("migrate.otherRecord")]);
        if (moved.Root is { } root) Check(root, null);
        problems.AddRange(moved.Tokens.Select(t => t.Step).Distinct().GroupBy(New).Where(g => g.Count() > 1).Select(g => new Message("migrate.twoSteps", CalledIn(to, g.Key))));
        if (problems.Count > 0) return new(null, renamed, [], problems);

        foreach (var token in moved.Tokens)
        {
            var before = token.At;
            token.Step = New(before.Step);
            // A visit is named once in the life of a run: what the new step's own visits were is not used again.
            if (token.Step != before.Step) token.Visit += state.Visits.GetValueOrDefault(token.Step);
            if (before != token.At) renamed[before] = token.At;
            token.Outputs = Outputs(token.Outputs);
        }
        moved.Outputs = Outputs(moved.Outputs);
        foreach (var (id, visits) in state.Visits)
            if (New(id) is var now && now != id && to.Find(now) is not null) moved.Visits[now] = moved.Visits.GetValueOrDefault(now) + visits;
        moved.Rename(renamed);
        foreach (var token in moved.Leaves.Where(t => t.Phase == Phase.Waiting)) Resubscribe(token);
        return new(moved, renamed, effects, []);

        void Check(Token token, string? parent)
        {
            var old = from[token.Step];
            var called = Called(old);
            if (to.Find(New(token.Step)) is not { } step) problems.Add(new("migrate.stepGone", called));
            else if (step.Kind != old.Kind || old is ForEach each && ((ForEach)step).Type != each.Type) problems.Add(new("migrate.otherKind", called));
            else if (to.BlockOf(step.Id).Owner?.Id != (parent is null ? null : New(parent))) problems.Add(new("migrate.otherPlace", called));
            // What acts outside at this moment goes by the step's name; under another it could happen twice.
            else if (token.Phase == Phase.Asked && step.Id != old.Id) problems.Add(new("migrate.acting", called));
            // The joined ways are counted: a join that is already met would never come.
            else if (step is ParallelStep parallel && token.Children is { } ways && (token.Count >= parallel.Needed || token.Count + ways.Count < parallel.Needed)) problems.Add(new("migrate.joinNeverMet", called));
            foreach (var child in token.Children ?? []) Check(child, token.Step);
        }

        Dictionary<string, JsonObject>? Outputs(Dictionary<string, JsonObject>? outputs) =>
            outputs?.Where(o => to.Find(New(o.Key)) is not null).GroupBy(o => New(o.Key)).ToDictionary(g => g.Key, g => g.Last().Value);

        void Resubscribe(Token token)
        {
            if (to[token.Step] is not WaitFor wait) return;
            var old = from.Steps.OfType<WaitFor>().FirstOrDefault(s => New(s.Id) == token.Step);
            if (old is not null && SopJson.Same(old.Events, wait.Events)) return;
            effects.Add(new Unsubscribe(token.At));
            effects.Add(new Subscribe(token.At, moved.ItemsAt(token.At), wait.Events));
        }
    }

    /// <summary>A step as people call it: by its name, else by its title without what differs from record to record.</summary>
    public static Label Called(Step step)
    {
        if (step.Name is { } name) return name;
        var title = step switch { TaskStep task => task.Title, ApprovalStep approval => approval.Title, _ => null };
        return title is not null && Plain(title) is { Zh.Length: > 0, En.Length: > 0 } plain ? plain : new(step.Id, step.Id);
    }

    private static Label Plain(Label title) => new(Fields().Replace(title.Zh, ""), Fields().Replace(title.En, ""));

    [GeneratedRegex(@"[\s:：,，·-]*\{\{[^}]*\}\}+\s*")]
    private static partial Regex Fields();

    private static object CalledIn(SopPlan plan, string id) => plan.Find(id) is { } step ? Called(step) : id;
}
