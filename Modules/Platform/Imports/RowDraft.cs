using Crm.Platform.Imports.Csv;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Platform.Imports;

internal enum Outcome { None, Created, Updated, Skipped, Failed, Waiting }

/// <summary>A reference to be found.</summary>
internal sealed class WantedReference(Target target, string text)
{
    public Target Target { get; } = target;
    public string Text { get; } = text;
    public Guid? Found { get; set; }
    public FieldError? Error { get; set; }
}

/// <summary>One row on its way: from cells to values, to what became of it.</summary>
internal sealed class RowDraft(long position, CsvRow row)
{
    public long Position { get; } = position;
    public CsvRow Row { get; } = row;
    public Dictionary<string, object?> Values { get; } = [];
    public Dictionary<string, object?> Line { get; } = [];
    public List<WantedReference> References { get; } = [];
    public DateTime? CreatedAt { get; private set; }
    /// <summary>What is wrong with its cells.</summary>
    public List<FieldError> Errors { get; } = [];
    /// <summary>Why it did not land, or was skipped.</summary>
    public IReadOnlyList<FieldError> Reasons { get; set; } = [];
    public Outcome Outcome { get; set; }
    /// <summary>Values of the natural key by which the record is known, in a form that compares.</summary>
    public string? Key { get; set; }
    /// <summary>The first field of that key.</summary>
    public string? KeyField { get; set; }
    /// <summary>Records with this key that are there already.</summary>
    public IReadOnlyList<Guid> Existing { get; set; } = [];
    public Guid? RecordId { get; set; }
    /// <summary>What an update changed, for undo.</summary>
    public string? Changes { get; set; }

    /// <summary>Reads the cells. Empty ones say nothing: a new record takes its default, an existing one keeps what it has.</summary>
    public static RowDraft Read(long position, CsvRow row, IReadOnlyList<Target> targets)
    {
        var draft = new RowDraft(position, row);
        if (row.Error is { } broken)
        {
            draft.Errors.Add(broken);
            return draft;
        }
        foreach (var target in targets)
        {
            var text = target.Text(row.Cells);
            if (target.Blank.Count > 0 && target.Blank.Contains(CellText.Clean(text))) continue;
            var (value, error) = CellConverter.Convert(target.Rule, text);
            if (error is not null) draft.Errors.Add(error with { Field = target.Path });
            else if (value is string name && target.Field.Type == FieldType.Reference) draft.References.Add(new(target, name));
            else if (value is not null) draft.Set(target, value);
        }
        return draft;
    }

    /// <summary>Takes over the references that were found; says whether one is missing that a later row may bring.</summary>
    public bool TakeReferences(string type)
    {
        var waits = false;
        foreach (var wanted in References)
            if (wanted.Found is { } id) Set(wanted.Target, id);
            else if (wanted.Error is { } error)
            {
                Errors.Add(error with { Field = wanted.Target.Path });
                waits |= wanted.Target.Field.References == type && error.Code != "import.severalFound";
            }
        if (Line.Count > 0) Values[LinesKey!] = new[] { Line };
        return waits && Errors.All(e => References.Any(r => r.Target.Field.References == type && r.Target.Path == e.Field));
    }

    private string? LinesKey { get; set; }

    private void Set(Target target, object value)
    {
        if (target.Path == ImportTargets.CreatedAt) CreatedAt = (DateTime)value;
        else if (target.Lines is null) Values[target.Field.Key] = value;
        else
        {
            LinesKey = target.Lines.Key;
            Line[target.Field.Key] = value;
        }
    }
}
