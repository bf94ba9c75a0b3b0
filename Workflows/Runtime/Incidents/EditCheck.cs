using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Validation;
using Crm.Workflows.Engine;
using Crm.Workflows.Runtime.Sops;

namespace Crm.Workflows.Runtime.Incidents;

/// <summary>Inputs that a person corrected for one run hold what the SOP itself must hold: the step is checked as if they stood in it.</summary>
internal sealed class EditCheck(Session session, SopPlans plans, SopCheck check, CurrentActor current)
{
    /// <summary>Steps that act and those for people take inputs; the others only lead the way.</summary>
    public static bool Editable(IncidentRow incident, SopPlan plan) => incident.Kind == IncidentKind.Step && plan.Find(incident.Step) is Act or TaskStep or ApprovalStep;

    /// <exception cref="Problem">400 with each wrong input as <c>inputs.key</c>.</exception>
    public async Task RequireAsync(Run run, IncidentRow incident, JsonObject edited, CancellationToken ct)
    {
        var plan = await plans.GetAsync(session, run.SopKey, run.SopVersion, ct);
        if (!Editable(incident, plan)) throw Problem.Conflict("run.notEditable");
        var sop = JsonNode.Parse(SopJson.Write(plan.Sop))!;
        var inputs = Find(sop["steps"]!.AsArray(), incident.Step)!["inputs"]!.AsObject();
        foreach (var (key, value) in edited) inputs[key] = value?.DeepClone();
        var wrong = (await check.ProblemsAsync(JsonSerializer.SerializeToElement(sop), ct)).Where(p => p.Severity == Severity.Error && p.Step == incident.Step).ToList();
        if (wrong.Count > 0) throw Problem.Invalid([.. wrong.Select(p => new FieldError(Place(p.Path), p.Code, [.. p.Said.Args.Select(a => a is Label label ? label.In(current.Value.Locale) : a)]))]);
    }

    private static string Place(string path) => path.IndexOf("inputs.", StringComparison.Ordinal) is var at and >= 0 ? path[at..] : "inputs";

    /// <summary>The step's JSON, wherever in the tree it stands.</summary>
    private static JsonObject? Find(JsonArray steps, string id)
    {
        foreach (var step in steps.OfType<JsonObject>())
        {
            if (step["id"]?.GetValue<string>() == id) return step;
            var lists = new[] { step["steps"], step["else"], step["timedOut"] }.Concat((step["paths"] as JsonArray ?? []).Select(p => p?["steps"]));
            if (lists.OfType<JsonArray>().Select(inner => Find(inner, id)).FirstOrDefault(f => f is not null) is { } found) return found;
        }
        return null;
    }
}
