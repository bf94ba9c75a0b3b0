using Crm.Platform.Roles;
using Crm.Shared.Access;
using Crm.Shared.Data;

namespace Crm.Platform.People;

/// <summary>The committed picture, shared by the whole host.</summary>
internal sealed class DirectoryPicture(RoleBook book, TimeProvider time) : IRefreshable
{
    private volatile Picture? current;

    public string Stamp => DirectoryChanges.Stamp;
    public Picture Current => current ?? throw new InvalidOperationException("The directory is read before the database was asked.");

    public async Task LoadAsync(Session session, CancellationToken ct) => current = await Picture.ReadAsync(session, book, time.UtcNow(), ct);
}

/// <summary>People and units as this scope sees them: committed by anybody, or changed in its own transaction.</summary>
internal sealed class CompanyDirectory(DirectoryPicture shared, RoleBook book, DirectoryChanges changes, Freshness freshness, Session session, TimeProvider time) : IDirectory, IActors
{
    public async ValueTask<DirectoryView> ReadAsync(CancellationToken ct) => (await PictureAsync(ct)).View;

    public async ValueTask<Actor?> ForUserAsync(Guid userId, CancellationToken ct) => (await PictureAsync(ct)).Actors.GetValueOrDefault(userId);

    public async ValueTask<Actor?> ForSessionAsync(Guid userId, string stamp, CancellationToken ct)
    {
        var picture = await PictureAsync(ct);
        return stamp.Length > 0 && picture.Stamps.GetValueOrDefault(userId) == stamp ? picture.Actors.GetValueOrDefault(userId) : null;
    }

    private async ValueTask<Picture> PictureAsync(CancellationToken ct)
    {
        if (changes.Pending) return await Picture.ReadAsync(session, book, time.UtcNow(), ct);
        await freshness.EnsureAsync(ct);
        return shared.Current;
    }
}
