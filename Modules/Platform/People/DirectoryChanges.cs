using Crm.Shared.Data;

namespace Crm.Platform.People;

/// <summary>Whether the present transaction has changed people, units, roles or absences: then this scope reads its own picture, everybody else keeps the committed one.</summary>
internal sealed class DirectoryChanges(Session session, Freshness freshness)
{
    public const string Stamp = "directory";
    private bool raised;

    /// <summary>True until the transaction ends.</summary>
    public bool Pending => raised &= session.InTransaction;

    /// <summary>Tells all hosts, once the transaction stands. Its row lock also brings those who change the directory into line.</summary>
    public async Task RaiseAsync(CancellationToken ct)
    {
        await freshness.RaiseAsync(session, Stamp, ct);
        raised = session.InTransaction;
    }
}
