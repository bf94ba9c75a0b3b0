using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Shared.Records;

namespace Crm.Workflows.Contracts;

/// <summary>Where the designer's palette shows a step.</summary>
public enum StepGroup { Control, People, Records, Messages, Outside, Leads, Sales, Service, Marketing }

/// <summary>What an input holds. JSON form in brackets.</summary>
public enum InputType
{
    /// <summary>["text"] taken as it is</summary>
    Text,
    /// <summary>["text" or {"zh","en"}] shown to people</summary>
    Label,
    /// <summary>["text" or {"zh","en"}] Handlebars over record, <c>steps</c>, <c>item</c>, <c>run</c>; strict</summary>
    Template,
    Integer,
    Decimal,
    Boolean,
    /// <summary>[{"business": "PT1H"} or {"plain": "P3D"}] see <see cref="Crm.Shared.Time.BusinessDuration"/></summary>
    Duration,
    /// <summary>[{"in": duration} or {"path": "validUntil", "plus": duration}]</summary>
    Moment,
    /// <summary>[one key of the options]</summary>
    Select,
    /// <summary>[keys of the options]</summary>
    MultiSelect,
    /// <summary>[constant, {"path": "..."} or {"template": "..."}] resolved before the step runs</summary>
    Value,
    /// <summary>[{"fieldKey": value}] values of fields of the record type</summary>
    FieldValues,
    /// <summary>["fieldKey"] a field of the record type</summary>
    Field,
    /// <summary>[["fieldKey"]]</summary>
    Fields,
    /// <summary>["customer.owner"] a path over references</summary>
    Path,
    /// <summary>[filter grammar over the record type]</summary>
    Filter,
    /// <summary>[filter grammar whose fields may also be <c>steps.id.outcome</c>, <c>item.field</c>, <c>run.initiator</c>]</summary>
    Condition,
    /// <summary>[<see cref="PeopleRule"/>]</summary>
    People,
    /// <summary>["role"]</summary>
    Role,
    /// <summary>["lead"]</summary>
    RecordType,
    /// <summary>["sop-key"]</summary>
    Sop,
    /// <summary>["key"] of a mail template</summary>
    MailTemplate,
    /// <summary>["key"] a record of the type that <see cref="StepInput.References"/> names, by its natural key: a form, a segment</summary>
    Record,
    /// <summary>["option"] one of the options of the multi-select field that the input named by <see cref="StepInput.OptionsFrom"/> names</summary>
    Option,
    /// <summary>[{...}] an object of <see cref="StepInput.Items"/></summary>
    Object,
    /// <summary>[[{...}]] a list of objects of <see cref="StepInput.Items"/></summary>
    List,
    /// <summary>[any JSON]</summary>
    Json,
}

/// <summary>A key that is stored and what people read for it.</summary>
public sealed record Choice(string Key, Label Label);

/// <summary>One input of a step: schema, validation and the designer's control are made from it.</summary>
public sealed record StepInput(string Key, InputType Type, Label Label)
{
    public bool Required { get; init; }
    /// <summary>Taken when the SOP says nothing.</summary>
    public JsonNode? Default { get; init; }
    public IReadOnlyList<Choice> Options { get; init; } = [];
    /// <summary>Smallest and largest number allowed.</summary>
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    /// <summary>Members of <see cref="InputType.Object"/> and <see cref="InputType.List"/>.</summary>
    public IReadOnlyList<StepInput> Items { get; init; } = [];
    /// <summary>Record type of <see cref="InputType.Record"/>.</summary>
    public string? References { get; init; }
    /// <summary>Field of the record of <see cref="InputType.Record"/> that names the record type it is for: must be the one that the step is about.</summary>
    public string? TypeField { get; init; }
    /// <summary>What fields of the record of <see cref="InputType.Record"/> must hold.</summary>
    public IReadOnlyDictionary<string, string> Holding { get; init; } = new Dictionary<string, string>();
    /// <summary>Key of the input that names the field whose choices an <see cref="InputType.Option"/> or an <see cref="InputType.Value"/> takes.</summary>
    public string? OptionsFrom { get; init; }
    /// <summary>Key of the input that names the record type of fields and filters; the SOP's own type when null.</summary>
    public string? TypeFrom { get; init; }
    public Label? Help { get; init; }
    /// <summary>Not told in the history of runs.</summary>
    public bool Secret { get; init; }
    /// <summary>A template that may be written as HTML: values inserted into it are encoded then.</summary>
    public bool MayBeHtml { get; init; }
    /// <summary>A people rule that may find nobody without harm: nobody is notified then.</summary>
    public bool NobodyIsFine { get; init; }
}

/// <summary>One output that later steps may read as <c>steps.id.key</c>.</summary>
public sealed record StepOutput(string Key, FieldType Type, Label Label)
{
    /// <summary>Record type of a reference.</summary>
    public string? References { get; init; }
}

/// <summary>All there is to know about a step kind. Acting steps of modules describe themselves through it as the built-in ones do.</summary>
/// <param name="Kind">Stable name in SOPs; a module's kinds carry its prefix: <c>leads.assign</c>.</param>
/// <param name="Sentence">How a step reads in the flow: <c>Assign {owner}</c>, inputs in braces.</param>
/// <param name="Example">One use, to help choose it.</param>
public sealed record StepDescription(string Kind, StepGroup Group, Label Label, Label Sentence, Label Example)
{
    public IReadOnlyList<StepInput> Inputs { get; init; } = [];
    public IReadOnlyList<StepOutput> Outputs { get; init; } = [];
    /// <summary>Outcomes that branches can read; steps whose SOP defines the outcomes have none here.</summary>
    public IReadOnlyList<Choice> Outcomes { get; init; } = [];
    /// <summary>Record types it works on; all when empty.</summary>
    public IReadOnlyList<string> RecordTypes { get; init; } = [];
    /// <summary>Acts outside the database: runs after the commit from the work queue, at least once, with the idempotency key.</summary>
    public bool External { get; init; }

    /// <summary>What a run's history tells of the inputs it was given.</summary>
    public JsonObject Told(IReadOnlyDictionary<string, JsonElement> inputs) =>
        new(inputs.Where(i => Inputs.FirstOrDefault(d => d.Key == i.Key) is not { Secret: true }).Select(i => KeyValuePair.Create(i.Key, JsonSerializer.SerializeToNode(i.Value))));
}
