using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Workflows.Definition;

namespace Crm.Workflows.People.Tasks;

/// <summary>Answers of a form: checked, and written to the record where the form says so.</summary>
internal sealed class TaskAnswers(IRecords records, ICatalogueSource catalogue)
{
    /// <summary>The field a question is about, or one of its own.</summary>
    public static Field FieldOf(FormField form, string? recordType, Catalogue catalogue)
    {
        var field = form.Field is { } key && recordType is { } type ? catalogue.Find(type)?.Find(key) : null;
        return field ?? new Field(form.Key, form.Type ?? FieldType.Text, form.Label ?? new(form.Key, form.Key)) { Options = form.Options };
    }

    /// <summary>Refuses wrong ones by form key, then writes; as the person who answers, through the same door as every change.</summary>
    public async Task WriteAsync(TaskRow row, TaskStep? step, TaskOutcome? outcome, JsonObject answers, CancellationToken ct)
    {
        if (step is null) return;
        var (errors, values) = (new List<FieldError>(), new Dictionary<string, object?>());
        foreach (var form in step.Form.Where(f => answers.ContainsKey(f.Key) && TaskRules.IsAsked(f, outcome, TaskForm.Of(step))))
        {
            var (value, error) = Values.Read(FieldOf(form, row.RecordType, catalogue.Current), JsonSerializer.SerializeToElement(answers[form.Key]), form.Key);
            if (error is not null) errors.Add(error);
            else if (form.Field is { } field) values[field] = value;
        }
        if (errors.Count > 0) throw Problem.Invalid([.. errors]);
        if (values.Count == 0 || row is not { RecordType: { } type, RecordId: { } record }) return;
        try
        {
            await records.UpdateAsync(type, record, values, WriteOptions.AsFeature(note: Runtime.Wording.Read(row.Title)!.Zh), ct);
        }
        catch (Problem wrong) when (wrong.Errors.Count > 0)
        {
            // The person knows the questions of the form, not the fields behind them.
            var asked = step.Form.Where(f => f.Field is not null).ToLookup(f => f.Field!, f => f.Key);
            var renamed = new Problem(wrong.Status, wrong.Code, [.. wrong.Errors.Select(e => e with { Field = asked[e.Field].FirstOrDefault() ?? e.Field })], [.. wrong.Args]);
            foreach (var (key, value) in wrong.More) renamed.More[key] = value;
            throw renamed;
        }
    }
}
