using System.Text.Json;
using Crm.Platform.Imports.Csv;
using Crm.Shared.Data;

namespace Crm.Platform.Imports;

internal static class ImportState
{
    public const string Draft = "draft", Checking = "checking", Running = "running", Done = "done", Failed = "failed", Undoing = "undoing", Undone = "undone";
}

/// <summary>Rows that are kept to be read, each with its reason.</summary>
internal enum RowList
{
    /// <summary>Did not land.</summary>
    Failed = 0,
    /// <summary>Landed, and could not be taken back.</summary>
    Kept = 1,
    /// <summary>Were there already.</summary>
    Skipped = 2,
}

/// <summary>One file on its way into the records, as it stands in the database.</summary>
internal sealed class Import
{
    public Guid Id { get; init; }
    /// <summary>Who imports; null for the console without a name.</summary>
    public Guid? UserId { get; init; }
    public string RecordType { get; init; } = "";
    public string FileName { get; init; } = "";
    public string Format { get; init; } = "";
    public string Columns { get; init; } = "";
    public string Mapping { get; init; } = "";
    public string State { get; init; } = "";
    /// <summary>The counters tell what a trial run found.</summary>
    public bool Checked { get; init; }
    public long Total { get; init; }
    public long Created { get; init; }
    public long Updated { get; init; }
    public long Skipped { get; init; }
    public long Failed { get; init; }
    public long Undone { get; init; }
    /// <summary>Changes that could not be undone.</summary>
    public long Kept { get; init; }
    public string? Failure { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? StartedAt { get; init; }
    public DateTime? EndedAt { get; init; }

    public long Done => Created + Updated + Skipped + Failed;
    public bool IsTrial => State == ImportState.Checking;

    public CsvFormat ReadFormat() => JsonSerializer.Deserialize<CsvFormat>(Format, Stored.Json)!;
    public string[] ReadColumns() => JsonSerializer.Deserialize<string[]>(Columns, Stored.Json)!;
    public ImportMapping ReadMapping() => ImportMapping.Parse(Mapping);
}
