using Crm.Shared.Records;

namespace Crm.Shared.Messaging;

/// <summary>Tells open pages that something changed: <c>kind task|approval|notification|record|run|import|sop|editing|migration</c>, <c>change created|updated|removed</c>. A hint that may be lost; the page refetches. Singleton.</summary>
public interface ILive
{
    /// <summary>Call it after the commit: <c>session.AfterCommit(() => live.Tell(...))</c>.</summary>
    void Tell(IReadOnlyCollection<Guid> users, LiveHint hint);

    /// <summary>Tells everybody who may read records of the hint's type. The record service's changes are told by themselves.</summary>
    /// <param name="whose">Where given, only those hear of it whose data scope holds one of these.</param>
    void TellReaders(LiveHint hint, IReadOnlyList<Belonging>? whose = null);
}

public sealed record LiveHint(string Kind, string? Type, Guid? Id, string Change);
