using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using Crm.Shared.Time;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Checks inputs by their description, so that a module's step is checked as the built-in ones are.</summary>
/// <param name="type">Record type that fields and paths mean.</param>
/// <param name="item">Record type of the nearest for-each.</param>
internal sealed class InputCheck(SopWorld world, RecordType type, Templates templates, Report report, RecordType? item = null)
{
    public RecordType Type => type;

    public InputCheck Over(RecordType other) => new(world, other, templates, report, item);
    public InputCheck Inside(RecordType? of) => new(world, type, templates, report, of);

    public void CheckAll(IReadOnlyList<StepInput> inputs, JsonElement given, string path)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            report.Error(path, "sop.notObject");
            return;
        }
        report.Members(given, path, [.. inputs.Select(i => i.Key)]);
        foreach (var input in inputs)
            if (given.TryGetProperty(input.Key, out var value) && value.ValueKind != JsonValueKind.Null && !(input.Required && value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()))) Check(input, value, given, $"{path}.{input.Key}");
            else if (input.Required) report.Error($"{path}.{input.Key}", "sop.required", input.Label);
    }

    public void Check(StepInput input, JsonElement value, JsonElement siblings, string path)
    {
        var over = input.TypeFrom is { } from ? world.Catalogue.Find(SopValidator.Text(siblings, from) ?? "") : Of(siblings);
        switch (input.Type)
        {
            case InputType.Text when Is(JsonValueKind.String) && value.GetString()!.Length > 0: break;
            case InputType.Label when SopValidator.IsLabel(value, plain: true): break;
            case InputType.Template when SopValidator.IsLabel(value, plain: true): CheckTemplates(value, path); break;
            case InputType.Integer when Is(JsonValueKind.Number) && value.TryGetInt64(out var whole): CheckRange(input, whole, path); break;
            case InputType.Decimal when Is(JsonValueKind.Number) && value.TryGetDecimal(out var number): CheckRange(input, number, path); break;
            case InputType.Boolean when value.ValueKind is JsonValueKind.True or JsonValueKind.False: break;
            case InputType.Duration when BusinessDuration.Parse(value) is not null: break;
            case InputType.Moment when Is(JsonValueKind.Object): CheckMoment(value, path); break;
            case InputType.Select when Is(JsonValueKind.String): CheckChoice(input, value, path); break;
            case InputType.MultiSelect when Is(JsonValueKind.Array): foreach (var one in value.EnumerateArray()) CheckChoice(input, one, path); break;
            case InputType.Value: CheckValue(value, path); break;
            case InputType.Json: CheckInside(JsonSerializer.SerializeToNode(value), path); break;
            case InputType.FieldValues when Is(JsonValueKind.Object): if (over is not null) Over(over).CheckFields(value, path, this); break;
            case InputType.Field when Is(JsonValueKind.String): if (over is not null) CheckField(over, value.GetString()!, path); break;
            case InputType.Fields when Is(JsonValueKind.Array): if (over is not null) foreach (var one in value.EnumerateArray()) CheckField(over, one.ToString(), path); break;
            case InputType.Path when Is(JsonValueKind.String): CheckReference(value.GetString()!, path); break;
            case InputType.Filter when Is(JsonValueKind.Object): if (over is not null) CheckFilter(value, over, path); break;
            case InputType.Condition when Is(JsonValueKind.Object): CheckCondition(value, path); break;
            case InputType.People when Is(JsonValueKind.Object): new PeopleCheck(world, this, report).Check(value, path, needed: input is { Required: true, NobodyIsFine: false }); break;
            case InputType.Role when Is(JsonValueKind.String): CheckKnown(world.Roles, value, path, "sop.unknownRole"); break;
            case InputType.RecordType when Is(JsonValueKind.String): if (world.Catalogue.Find(value.GetString()!) is null) report.Error(path, "sop.unknownRecordType", value.GetString()); break;
            case InputType.Sop when Is(JsonValueKind.String): CheckKnown(world.Sops.Keys.ToHashSet(), value, path, "sop.unknownSop"); break;
            case InputType.MailTemplate when Is(JsonValueKind.String): CheckMailTemplate(value.GetString()!, path); break;
            case InputType.Record when Is(JsonValueKind.String): CheckNamed(input, value.GetString()!, path); break;
            case InputType.Option when Is(JsonValueKind.String): CheckOption(input, over, value.GetString()!, siblings, path); break;
            case InputType.Object when Is(JsonValueKind.Object): CheckAll(input.Items, value, path); break;
            case InputType.List when Is(JsonValueKind.Array): for (var i = 0; i < value.GetArrayLength(); i++) CheckAll(input.Items, value[i], $"{path}[{i}]"); break;
            default: report.Error(path, "sop.badInput", input.Label); break;
        }

        bool Is(JsonValueKind kind) => value.ValueKind == kind;
    }

    /// <summary>An input <c>of</c> beside it moves fields to the related record.</summary>
    private RecordType? Of(JsonElement siblings)
    {
        if (SopValidator.Text(siblings, "of") is not { } of) return type;
        return of == "item" ? item : world.Catalogue.Path(type, of) is [.., { References: { } target }] ? world.Catalogue.Find(target) : null;
    }

    /// <summary>A path that is read: of the record, <c>item.</c>, <c>run.</c>, or of an earlier step (which <see cref="FlowCheck"/> looks at).</summary>
    public Field? CheckPath(string name, string path)
    {
        if (name.StartsWith("steps.", StringComparison.Ordinal)) return null;
        if (name.StartsWith("run.", StringComparison.Ordinal))
        {
            var payload = name == "run.payload" || name.StartsWith("run.payload.", StringComparison.Ordinal);
            if (payload && !world.TellsPayload) report.Error(path, "sop.noPayload", name);
            else if (!payload && name is not ("run.initiator" or "run.startedAt" or "run.id")) report.Error(path, "sop.unknownPath", name);
            return null;
        }
        var inner = Conditions.IsItem(name);
        if (inner && item is null)
        {
            report.Error(path, "sop.itemOutside", name);
            return null;
        }
        var found = world.Catalogue.Path(inner ? item! : type, inner ? name["item.".Length..] : name);
        if (found is null) report.Error(path, "sop.unknownField", name, (inner ? item! : type).Label);
        return found?[^1];
    }

    public void CheckCondition(JsonElement condition, string path)
    {
        foreach (var (leaf, at) in Conditions.Leaves(condition, path))
        {
            var field = SopValidator.Text(leaf, "field") ?? "";
            if (!Conditions.IsOutput(field) && !Conditions.IsItem(field)) continue;
            CheckPath(field, $"{at}.field");
            if (!OutputCompare.Ops.Contains(SopValidator.Text(leaf, "op") ?? "")) report.Error($"{at}.op", "sop.unknownOp", SopValidator.Text(leaf, "op") ?? "");
        }
        CheckFilter(ConditionShape.OverRecord(condition), type, path);
        if (item is not null && ConditionShape.OverItem(condition) is { } inner) CheckFilter(inner, item, path);
    }

    public void CheckConstant(Field field, JsonElement value, string path)
    {
        if (Values.Read(field, value, path).Error is { } wrong) report.Error(path, "sop.badValue", field.Label, value.ToString());
    }

    private void CheckFilter(JsonElement filter, RecordType over, string path)
    {
        try
        {
            FilterParser.Parse(filter, over, world.Catalogue, path);
        }
        catch (Problem wrong)
        {
            foreach (var error in wrong.Errors) report.Error(error.Field, "sop.badFilter", new Message(error.Code, error.Args));
        }
    }

    private void CheckFields(JsonElement fields, string path, InputCheck run)
    {
        foreach (var given in fields.EnumerateObject())
        {
            var at = $"{path}.{given.Name}";
            if (type.Find(given.Name) is not { } field) report.Error(at, "sop.unknownField", given.Name, type.Label);
            else if (given.Value.ValueKind == JsonValueKind.Object && field.Type != FieldType.Json) run.CheckValue(given.Value, at);
            else if (given.Value.ValueKind == JsonValueKind.Null && field.Required) report.Error(at, "sop.required", field.Label);
            else CheckConstant(field, given.Value, at);
        }
    }

    private void CheckValue(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Object && (value.EnumerateObject().Count() != 1 || SopValidator.Text(value, "path") is null && SopValidator.Text(value, "template") is null)) report.Error(path, "sop.badValueForm");
        else CheckInside(JsonSerializer.SerializeToNode(value), path);
    }

    private void CheckInside(JsonNode? value, string path)
    {
        foreach (var name in InputValues.Paths(value)) CheckPath(name, path);
    }

    private void CheckTemplates(JsonElement wording, string path)
    {
        foreach (var text in wording.ValueKind == JsonValueKind.String ? [wording.GetString()!] : wording.EnumerateObject().Select(w => w.Value.GetString()!)) CheckTemplate(text, path);
    }

    private void CheckTemplate(string text, string path)
    {
        if (templates.Check(text) is { } wrong) report.Error(path, "sop.badTemplate", wrong);
        foreach (var name in Templates.Names(text)) CheckPath(name, path);
    }

    private void CheckMailTemplate(string key, string path)
    {
        if (!world.MailTemplates.TryGetValue(key, out var words))
        {
            report.Error(path, "sop.unknownMailTemplate", key);
            return;
        }
        foreach (var text in (string[])[words.Subject, words.Body])
        {
            CheckTemplate(text, path);
            // One template serves many SOPs; what steps are called is each one's own.
            foreach (var name in Templates.Names(text).Where(n => n.StartsWith("steps.", StringComparison.Ordinal))) report.Error(path, "sop.templateReadsSteps", key, name);
        }
    }

    private void CheckNamed(StepInput input, string key, string path)
    {
        var of = input.References!;
        if (!world.Named.TryGetValue(of, out var known) || !known.TryGetValue(key, out var record))
        {
            report.Error(path, "sop.unknownRecord", world.Catalogue.Find(of)?.Label ?? new Label(of, of), key);
            return;
        }
        foreach (var (name, wanted) in input.TypeField is { } typed ? input.Holding.Append(new(typed, (item ?? type).Key)) : input.Holding)
            if (record.Type.Find(name) is { } field && record.Text(name) != wanted)
                report.Error(path, "sop.recordMustHold", record.Type.Label, key, field.Label, field.Options.FirstOrDefault(o => o.Key == wanted)?.Label ?? new Label(wanted, wanted));
    }

    private void CheckOption(StepInput input, RecordType? over, string key, JsonElement siblings, string path)
    {
        var name = SopValidator.Text(siblings, input.OptionsFrom!) ?? "tags";
        if (over?.Find(name) is not { Type: FieldType.MultiSelect } field) report.Error(path, "sop.notMultiSelect", name);
        else if (field.Options.All(o => o.Key != key)) report.Error(path, "sop.badChoice", field.Label, key);
    }

    private void CheckMoment(JsonElement moment, string path)
    {
        report.Members(moment, path, ["in", "path", "plus"]);
        var (hasIn, name) = (moment.TryGetProperty("in", out var given), SopValidator.Text(moment, "path"));
        if (hasIn == name is not null) report.Error(path, "sop.badMoment");
        if (hasIn && (BusinessDuration.Parse(given) is not { } length)) report.Error($"{path}.in", "sop.badDuration");
        else if (hasIn && BusinessDuration.Parse(given)!.Backwards) report.Error($"{path}.in", "sop.past");
        var plus = moment.TryGetProperty("plus", out var move) ? BusinessDuration.Parse(move) : null;
        if (move.ValueKind != JsonValueKind.Undefined && plus is null) report.Error($"{path}.plus", "sop.badDuration");
        if (name is null || CheckPath(name, $"{path}.path") is not { } field) return;
        if (field.Type is not (FieldType.Date or FieldType.DateTime)) report.Error($"{path}.path", "sop.notDate", name);
        else if (name is "createdAt" or "updatedAt" && (plus is null || plus.Backwards)) report.Warning(path, "sop.past");
    }

    private void CheckReference(string name, string path)
    {
        if (name != "item" && CheckPath(name, path) is { Type: not FieldType.Reference }) report.Error(path, "sop.notReference", name);
    }

    private void CheckField(RecordType over, string key, string path)
    {
        if (over.Find(key) is null) report.Error(path, "sop.unknownField", key, over.Label);
    }

    private void CheckKnown(IReadOnlySet<string> known, JsonElement value, string path, string code)
    {
        if (!known.Contains(value.GetString()!)) report.Error(path, code, value.GetString());
    }

    private void CheckChoice(StepInput input, JsonElement value, string path)
    {
        if (input.Options.All(o => o.Key != value.ToString())) report.Error(path, "sop.badChoice", input.Label, value.ToString());
    }

    private void CheckRange(StepInput input, decimal value, string path)
    {
        if (value < input.Min || value > input.Max) report.Error(path, "sop.outOfRange", input.Label, input.Min, input.Max);
    }
}
