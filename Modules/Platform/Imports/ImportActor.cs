using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Platform.Imports;

/// <summary>Who may import what, and who acts while an import works.</summary>
internal sealed class ImportActor(ImportStore store, IActors actors, CurrentActor current, ICatalogueSource source)
{
    /// <summary>Types whose records have a page of their own; lines come with their record.</summary>
    public RecordType TypeOf(string name)
    {
        var catalogue = source.Current;
        var type = (catalogue.Find(name) ?? catalogue.ByPlural(name)) is { IsLine: false, External: false, HasApi: true } found ? found : throw Problem.Invalid("type", "import.noType", name);
        return current.Value.Can(type.Permission("import")) ? type : throw Problem.Forbidden(type.Permission("import"));
    }

    /// <summary>An import of the present actor; administrators see all.</summary>
    public async Task<Import> OwnAsync(Guid id, CancellationToken ct)
    {
        var import = await store.FindAsync(id, ct);
        if (import is null || !current.Value.Unlimited && import.UserId != current.Value.UserId) throw Problem.NotFound("import", id);
        TypeOf(import.RecordType);
        return import;
    }

    /// <summary>The importer with the rights he has now; null when he has left.</summary>
    public async ValueTask<Actor?> ForAsync(Import import, bool startSops, CancellationToken ct)
    {
        var actor = import.UserId is { } user ? await actors.ForUserAsync(user, ct) : Actor.System;
        return actor is null ? null : actor with { Source = Source.Import, StartsSops = startSops };
    }
}

/// <summary>The last change that went through the record service in this scope: what an import did to a record, rules included.</summary>
internal sealed class LastChange
{
    public RecordChange? Value { get; set; }
}

internal sealed class LastChangeWatch(LastChange last) : INotificationHandler<RecordChanged>
{
    public Task Handle(RecordChanged notification, CancellationToken ct)
    {
        last.Value = notification.Change;
        return Task.CompletedTask;
    }
}

/// <summary>Tells the importer's open pages how far it is, and him that it is over.</summary>
internal sealed class ImportNews(Session session, ILive live, INotifier notifier)
{
    public void Progress(Import import)
    {
        if (import.UserId is { } user) session.AfterCommit(() => live.Tell([user], new LiveHint("import", null, import.Id, "updated")));
    }

    public async Task EndedAsync(Import import, Label title, Label body, CancellationToken ct)
    {
        if (import.UserId is not { } user) return;
        await notifier.NotifyAsync([user], new("import", title, body, $"/imports/{import.Id}", $"import-{import.Id}-{import.State}"), ct);
    }
}
