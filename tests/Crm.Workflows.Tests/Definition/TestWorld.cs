using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.Definition.Described;
using Crm.Workflows.Definition.Validation;

namespace Crm.Workflows.Tests.Definition;

/// <summary>A small company's catalogue, with the fields that the shipped SOPs use.</summary>
internal static class TestWorld
{
    public static readonly StepDescription LeadsAssign = new("leads.assign", StepGroup.Leads, new("分配线索", "Assign lead"), new("分配", "Assign"), new("分配", "Assign"))
    {
        Inputs =
        [
            new("rules", InputType.List, new("规则", "Rules"))
            {
                Items = [new("label", InputType.Label, new("名称", "Label")), new("filter", InputType.Filter, new("条件", "Filter")), new("assignees", InputType.People, new("分给", "To"))],
            },
            new("default", InputType.People, new("默认", "Default")),
        ],
        RecordTypes = ["lead"],
    };

    private static readonly StepDescription QuoteStatus = new("sales.quoteStatus", StepGroup.Sales, new("记录审批结果", "Record the approval"), new("标记", "Mark"), new("标记", "Mark"))
    {
        Inputs = [new("decision", InputType.Select, new("结果", "Outcome")) { Required = true, Options = [.. new[] { "approved", "rejected", "returned" }.Select(o => new Choice(o, L(o)))] }, new("note", InputType.Template, new("说明", "Note"))],
        RecordTypes = ["quote"],
    };

    public static SopWorld Make() => new()
    {
        Catalogue = Catalogue(),
        Steps = new StepCatalogue([.. Acting.All, LeadsAssign, QuoteStatus]),
        Roles = new HashSet<string> { "rep", "salesManager", "salesDirector" },
        RolesWithPeople = new HashSet<string> { "rep", "salesManager", "salesDirector" },
        Sops = new Dictionary<string, SopRef> { ["back"] = new("lead", ["test"]), ["other"] = new("lead", []) },
    };

    private static Catalogue Catalogue() => new(
    [
        Type("lead",
            Text("name") with { Required = true }, Text("company"), Text("phone"), Text("email"), Text("source"), Text("note"), Text("region"), Text("industry"),
            Select("status", "new", "contacting", "qualified", "converted", "invalid"), Select("invalidReason", "unreachable", "other"),
            new("score", FieldType.Integer, L("score")), Text("need"), new("budget", FieldType.Money, L("budget")), Text("timing"), new("nextTryAt", FieldType.DateTime, L("next"))),
        Type("customer", Text("name"), Text("phone")),
        Type("opportunity",
            Text("name"), Reference("customer"), Reference("contact"), Reference("product"), Select("stage", "discover", "propose", "quote", "negotiate", "won", "lost"),
            Select("lostReason", "price", "competitor", "noBudget", "noDecision", "fit", "other"), Select("source", "referral"), Text("currency"), new("amount", FieldType.Money, L("a")),
            new("closeDate", FieldType.Date, L("c")), new("nextFollowUpAt", FieldType.DateTime, L("n")), new("lines", FieldType.Lines, L("lines")) { References = "quoteLine" }),
        Type("quote",
            Text("title"), Reference("lead"), Reference("customer"), Reference("opportunity"), Select("status", "draft", "pending", "approved", "rejected", "sent", "accepted", "declined", "expired"),
            Select("statusReason", "byApproval", "byRejection", "returned", "changedAfterSubmission"), Select("authority", "none", "superior", "director"), Text("currency"), Text("terms"),
            new("lines", FieldType.Lines, L("lines")) { References = "quoteLine" }, new("discount", FieldType.Decimal, L("d")), new("taxRate", FieldType.Decimal, L("t")),
            new("effectiveDiscount", FieldType.Decimal, L("e")), new("strictestDiscount", FieldType.Decimal, L("s")), new("ownLimit", FieldType.Decimal, L("o")), new("total", FieldType.Money, L("t")), new("validUntil", FieldType.Date, L("v"))),
    ]);

    private static Label L(string text) => new(text, text);
    private static RecordType Type(string key, params Field[] fields) => new(key, key + "s", key, L(key)) { Fields = fields, NumberPrefix = "N" };
    private static Field Text(string key) => new(key, FieldType.Text, L(key));
    private static Field Reference(string key) => new(key, FieldType.Reference, L(key)) { References = key };
    private static Field Select(string key, params string[] options) => new(key, FieldType.Select, L(key)) { Options = [.. options.Select(o => new Option(o, L(o)))] };
}
