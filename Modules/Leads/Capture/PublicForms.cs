using Crm.Shared.Data;
using Crm.Shared.Problems;
using Crm.Shared.Records;

namespace Crm.Leads.Capture;

/// <summary>A form as visitors meet it.</summary>
internal sealed record PublicForm(Record Record)
{
    public IReadOnlyList<string> Fields => Record.Get<IReadOnlyList<string>>("fields") ?? [];
    public IReadOnlySet<string> Required => (Record.Get<IReadOnlyList<string>>("requiredFields") ?? []).ToHashSet();
    public string? Thanks => Record.Text("thanks");
}

internal sealed class PublicForms(Session session, IRecords records)
{
    /// <summary>The active form at the address; inactive and unknown ones are alike to a visitor.</summary>
    public async Task<PublicForm> FindAsync(string slug, CancellationToken ct)
    {
        var id = await session.FirstAsync<Guid?>("SELECT id FROM leads_form WHERE slug = @slug AND active = 1 AND deleted_at IS NULL", new { slug }, ct);
        return id is { } found && await records.FindAsync(FormType.Key, found, ct) is { } form ? new(form) : throw Problem.NotFound(FormType.Key, slug);
    }
}
