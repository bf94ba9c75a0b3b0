using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.People.Tasks;
using FsCheck;
using FsCheck.Fluent;
using TaskStatus = Crm.Workflows.People.Tasks.TaskStatus;

namespace Crm.Workflows.Tests.People;

/// <summary>Any task under any acts.</summary>
internal sealed class TaskProperties
{
    private static readonly DateTime Now = new(2026, 3, 2, 2, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Keys = ["a", "b", "c", "d"];

    private sealed record Acted(TaskForm Form, TaskState Before, TaskDo Act, TaskState After, IReadOnlyList<TaskEvent> Events, string? Refused);

    [Test]
    public void A_task_ends_once_and_takes_nothing_afterwards() => Any(history =>
    {
        history.Count(a => a.Events.Any(e => e is TaskEvent.Completed or TaskEvent.Cancelled)).ShouldBe(history is [.., { After.Status: not TaskStatus.Open }] ? 1 : 0);
        history.Where(a => a.Before.Status != TaskStatus.Open).ShouldAllBe(a => a.Refused != null);
    });

    [Test]
    public void A_refused_act_changes_nothing_and_tells_nobody() => Any(history =>
    {
        foreach (var act in history.Where(a => a.Refused is not null))
        {
            act.After.ShouldBeSameAs(act.Before);
            act.Events.ShouldBeEmpty();
        }
    });

    [Test]
    public void What_a_person_completes_is_filled_as_its_outcome_demands() => Any(history =>
    {
        foreach (var (form, _, act, after, _, _) in history.Where(a => a is { Act: TaskDo.Complete, Refused: null }))
        {
            var outcome = form.Outcomes.FirstOrDefault(o => o.Key == ((TaskDo.Complete)act).Outcome);
            var skips = outcome is { SkipsForm: true };
            foreach (var field in form.Fields.Where(f => outcome?.Requires.Contains(f.Key) == true || f.Required && !skips).Where(f => TaskRules.IsAsked(f, outcome, form)))
                after.Answers[field.Key].ShouldNotBeNull($"{field.Key} is required");
            if (!skips) form.Checklist.Where(c => c.Required).ShouldAllBe(c => after.Checked.Contains(c.Key));
            after.Answers.Select(a => a.Key).ShouldBeSubsetOf(form.Fields.Select(f => f.Key));
            (after.Status, after.Outcome, after.EndedBy).ShouldBe((TaskStatus.Done, ((TaskDo.Complete)act).Outcome, act.By));
        }
    });

    [Test]
    public void A_task_changes_hands_only_by_saying_so() => Any(history =>
    {
        foreach (var act in history)
        {
            var moved = act.Events.OfType<TaskEvent.Reassigned>().SingleOrDefault();
            if (act.After.Assignee == act.Before.Assignee) moved.ShouldBeNull();
            else (moved!.From, moved.To, moved.Via).ShouldBe((act.Before.Assignee, act.After.Assignee, act.After.Via));
        }
    });

    [Test]
    public void Every_escalation_is_counted_and_none_is_silent() => Any(history =>
    {
        foreach (var act in history.Where(a => a is { Act: TaskDo.Escalate, Refused: null }))
        {
            act.After.Escalated.ShouldBe(act.Before.Escalated + 1);
            act.Events.ShouldHaveSingleItem();
        }
    });

    private static void Any(Action<IReadOnlyList<Acted>> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            var choices = new Choices(numbers);
            var (form, task) = (Form(choices), new TaskState { Assignee = Sit.User(0), DueAt = Now });
            var history = new List<Acted>();
            while (choices.Left)
            {
                var act = Next(choices);
                var acted = TaskRules.Act(task, form, act, Now);
                history.Add(new(form, task, act, acted.State, acted.Events, acted.Refused?.Code));
                task = acted.State;
            }
            holds(history);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(80));

    private static TaskForm Form(Choices choices) => new(
        [.. Keys.Take(choices.Below(5)).Select(k => new FormField { Key = k, Required = choices.Coin() })],
        [.. Keys.Take(choices.Below(3)).Select(k => new ChecklistItem(k, new(k, k)) { Required = choices.Coin() })],
        [.. Keys.Take(choices.Below(4)).Select(k => new TaskOutcome(k, new(k, k)) { SkipsForm = choices.Coin(), Asks = Some(choices), Requires = Some(choices) })]);

    private static string[] Some(Choices choices) => choices.Below(3) == 2 ? [choices.Of(Keys)] : [];

    private static TaskDo Next(Choices choices) => choices.Below(9) switch
    {
        0 => new TaskDo.Reassign(Sit.User(choices.Below(3)), Sit.User(choices.Below(3)), choices.Coin() ? Sit.User(choices.Below(3)) : null, null),
        1 => new TaskDo.Snooze(Sit.User(0), Now.AddMinutes(choices.Below(3) - 1)),
        2 or 3 => new TaskDo.Escalate(new Escalation { After = Crm.Shared.Time.BusinessDuration.Hours(1), Do = (EscalationDo)choices.Below(4), Outcome = choices.Coin() ? choices.Of(Keys) : null },
            choices.Below(3) == 0 ? null : new Found(Sit.User(choices.Below(3)), null, new("why.superior"))),
        4 => new TaskDo.Move(choices.Coin() ? Now : Now.AddDays(1)),
        5 when choices.Below(4) == 0 => new TaskDo.Cancel(null),
        _ => new TaskDo.Complete(Sit.User(choices.Below(3)), choices.Below(4) == 3 ? TaskRules.Done : choices.Of(Keys),
            new JsonObject(Keys.Where(_ => choices.Below(4) > 0).Select(k => KeyValuePair.Create(k, (JsonNode?)(choices.Below(6) == 5 ? " " : "x")))), [.. Keys.Where(_ => choices.Below(3) > 0)]),
    };
}
