using System.Text.Json.Nodes;
using Crm.Shared.Records;
using Crm.Shared.Time;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.People.Tasks;
using TaskStatus = Crm.Workflows.People.Tasks.TaskStatus;

namespace Crm.Workflows.Tests.People;

internal sealed class TaskTests
{
    private static readonly TaskForm Form = TaskForm.Of(SopJson.Read(ShippedSops.Read("lead-assignment")).Steps.OfType<Repeat>().Single().Steps.OfType<TaskStep>().Single());
    private static readonly TaskForm Checklist = new([], [new("id", new Label("证", "Id")) { Required = true }], []);
    private static readonly TaskState Open = new() { Assignee = Sit.A };
    private static readonly Message Why = new("why.role");

    private static Crm.Workflows.People.Acted<TaskState, TaskEvent> Complete(string outcome, string answers, TaskState? task = null) =>
        TaskRules.Act(task ?? Open, Form, new TaskDo.Complete(Sit.A, outcome, JsonNode.Parse(answers)!.AsObject(), []), Sit.T0);

    [Test]
    public void Required_questions_must_be_answered()
    {
        var acted = Complete("interested", """{"need":"ERP","budget":null}""");
        acted.Refused!.Code.ShouldBe("task.incomplete");
        acted.Fields.ShouldBe([("budget", "field.required"), ("timing", "field.required")]);
        acted.State.ShouldBeSameAs(Open);
    }

    [Test]
    public void An_outcome_asks_for_its_own_fields_only()
    {
        Complete("notReached", "{}").Fields.ShouldBe([("nextTryAt", "field.required")]);
        Complete("notReached", """{"nextTryAt":"2026-11-23T01:00:00Z"}""").State.Status.ShouldBe(TaskStatus.Done);
        Complete("invalid", """{"invalidReason":"other"}""").State.Outcome.ShouldBe("invalid");
    }

    [Test]
    public void An_answer_that_the_outcome_does_not_ask_for_is_left_out() =>
        Complete("interested", """{"need":"a","budget":1,"timing":"now","nextTryAt":"2026-11-23"}""").State.Answers.ContainsKey("nextTryAt").ShouldBeFalse();

    [TestCase("gone", "{}", "task.unknownOutcome")]
    [TestCase("invalid", """{"invalidReason":"other","colour":"red"}""", "task.incomplete")]
    public void What_the_task_does_not_know_is_refused(string outcome, string answers, string code) => Complete(outcome, answers).Refused!.Code.ShouldBe(code);

    [Test]
    public void The_checklist_must_be_checked()
    {
        TaskRules.Act(Open, Checklist, new TaskDo.Complete(Sit.A, "done", [], []), Sit.T0).Fields.ShouldBe([("id", "task.notChecked")]);
        TaskRules.Act(Open, Checklist, new TaskDo.Complete(Sit.A, "done", [], ["id"]), Sit.T0).State.Status.ShouldBe(TaskStatus.Done);
    }

    [Test]
    public void A_task_is_completed_once()
    {
        var done = Complete("invalid", """{"invalidReason":"other"}""");
        done.Events.ShouldHaveSingleItem().ShouldBeOfType<TaskEvent.Completed>();
        Complete("interested", "{}", done.State).Refused!.Code.ShouldBe("task.done");
        TaskRules.Act(done.State, Form, new TaskDo.Cancel(null), Sit.T0).Refused!.Code.ShouldBe("task.done");
    }

    [Test]
    public void A_cancelled_task_stays_cancelled()
    {
        var cancelled = TaskRules.Act(Open, Form, new TaskDo.Cancel(null), Sit.T0).State;
        Complete("invalid", "{}", cancelled).Refused!.Code.ShouldBe("task.cancelled");
    }

    [Test]
    public void Reassigning_moves_the_task_and_wakes_it()
    {
        var snoozed = TaskRules.Act(Open, Form, new TaskDo.Snooze(Sit.A, Sit.T0.AddDays(1)), Sit.T0).State;
        var moved = TaskRules.Act(snoozed, Form, new TaskDo.Reassign(Sit.A, Sit.B, null, "busy"), Sit.T0);
        (moved.State.Assignee, moved.State.SnoozedUntil).ShouldBe((Sit.B, (DateTime?)null));
        TaskRules.Act(moved.State, Form, new TaskDo.Reassign(Sit.A, Sit.B, null, null), Sit.T0).Refused!.Code.ShouldBe("task.alreadyTheirs");
        TaskRules.Act(Open, Form, new TaskDo.Snooze(Sit.A, Sit.T0), Sit.T0).Refused!.Code.ShouldBe("task.snoozePast");
    }

    [Test]
    public void A_late_task_escalates_as_its_sop_says()
    {
        Escalate(EscalationDo.Notify, new Found(Sit.B, null, Why)).Events.ShouldBe([new TaskEvent.Told(Sit.B)]);
        Escalate(EscalationDo.Superior, new Found(Sit.B, null, Why)).State.Assignee.ShouldBe(Sit.B);
        Escalate(EscalationDo.Superior, null).Events.ShouldBe([new TaskEvent.NobodyFound()]);
        var completed = Escalate(EscalationDo.Complete, null, "invalid").State;
        (completed.Status, completed.Outcome, completed.EndedBy, completed.Escalated).ShouldBe((TaskStatus.Done, "invalid", (Guid?)null, 1));
    }

    private static Crm.Workflows.People.Acted<TaskState, TaskEvent> Escalate(EscalationDo what, Found? to, string? outcome = null) =>
        TaskRules.Act(Open, Form, new TaskDo.Escalate(new Escalation { After = BusinessDuration.Hours(1), Do = what, Outcome = outcome }, to), Sit.T0);
}
