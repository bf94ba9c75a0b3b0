using System.Text.Json.Nodes;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;

namespace Crm.Workflows.Engine;

/// <summary>What tokens hold and leave behind.</summary>
internal sealed partial class Walk
{
    /// <summary>Takes back whatever a token waits for.</summary>
    private void Withdraw(Token token)
    {
        switch (token.Phase, plan[token.Step])
        {
            case (Phase.Retrying, _): effects.Add(new CancelTimer(token.At, TimerFor.Retry)); break;
            case (Phase.Stuck, _): effects.Add(new CloseIncident(token.At)); break;
            case (Phase.Asked, WaitFor): effects.Add(new Unsubscribe(token.At)); break;
            case (Phase.Waiting, Wait): effects.Add(new CancelTimer(token.At, TimerFor.Wait)); break;
            case (Phase.Waiting, WaitFor wait):
                effects.Add(new Unsubscribe(token.At));
                if (wait.Within is not null) effects.Add(new CancelTimer(token.At, TimerFor.TimeOut));
                break;
            case (Phase.Waiting, TaskStep): effects.Add(new CancelTask(token.At)); break;
            case (Phase.Waiting, ApprovalStep): effects.Add(new CancelApproval(token.At)); break;
            case (Phase.Waiting, Call): effects.Add(new CancelChild(token.At)); break;
        }
    }

    /// <summary>A token and all inside it give up.</summary>
    private void WithdrawAll(Token token, At? except = null)
    {
        if (token.Step.Length == 0) return; // a way whose turn had not come
        foreach (var child in token.Children ?? []) WithdrawAll(child, except);
        if (token.Phase == Phase.Inside || token.At == except) return;
        Withdraw(token);
        effects.Add(new Note(token.At, NoteKind.Cancelled));
    }

    /// <summary>Stores the outputs that later steps read, with the nearest for-each record or the run.</summary>
    private void Keep(Token token, string? outcome, JsonObject? outputs)
    {
        var kept = new JsonObject();
        if (outcome is not null && plan.Reads(token.Step, "outcome")) kept["outcome"] = outcome;
        foreach (var (key, value) in outputs ?? [])
            if (key == "answers" && value is JsonObject answers)
            {
                var read = answers.Where(a => plan.Reads(token.Step, $"answers.{a.Key}")).Select(a => KeyValuePair.Create(a.Key, a.Value?.DeepClone())).ToList();
                if (read.Count > 0) kept["answers"] = new JsonObject(read);
            }
            else if (plan.Reads(token.Step, key)) kept[key] = value?.DeepClone();

        var line = state.Line(token.At);
        var scope = line.LastOrDefault(t => t.Item is not null);
        var store = scope is not null ? scope.Outputs ??= [] : state.Outputs ??= [];
        if (kept.Count > 0) store[token.Step] = kept;
        else store.Remove(token.Step);
        if (scope is null && store.Count == 0) state.Outputs = null;
    }

    private IReadOnlyList<RecordRef> ItemsOf(Token token) => state.ItemsAt(token.At);

    private Token? ParentOf(Token child) => state.Tokens.FirstOrDefault(t => t.Children?.Contains(child) == true);
}
