using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Problems;
using Crm.Shared.Records;
using MediatR;

namespace Crm.Platform.Notifications;

/// <summary>How somebody wants to hear of one kind of notice.</summary>
internal sealed record Preference(string Kind, Label Label, bool InPage, bool Mail, bool Push);

internal sealed record ListPreferences : IQuery<IReadOnlyList<Preference>>;

internal sealed class ListPreferencesHandler(CurrentActor current, Session session) : IRequestHandler<ListPreferences, IReadOnlyList<Preference>>
{
    public async Task<IReadOnlyList<Preference>> Handle(ListPreferences request, CancellationToken ct)
    {
        var rows = (await session.QueryAsync<Row>("SELECT kind, in_page, mail, push FROM platform_preference WHERE user_id = @me", new { me = current.Value.UserId }, ct)).ToDictionary(r => r.Kind);
        return [.. NoticeKinds.All.Select(k => rows.TryGetValue(k.Key, out var own) ? new Preference(k.Key, k.Label, own.InPage, own.Mail, own.Push) : new(k.Key, k.Label, true, k.Mail, k.Push))];
    }

    private sealed class Row
    {
        public string Kind { get; init; } = "";
        public bool InPage { get; init; }
        public bool Mail { get; init; }
        public bool Push { get; init; }
    }
}

internal sealed record SetPreference(string Kind, bool InPage, bool Mail, bool Push = true) : ICommand<Nothing>;

internal sealed class SetPreferenceHandler(CurrentActor current, Session session, Reach reach) : IRequestHandler<SetPreference, Nothing>
{
    public async Task<Nothing> Handle(SetPreference request, CancellationToken ct)
    {
        if (NoticeKinds.All.All(k => k.Key != request.Kind)) throw Problem.NotFound("preference", request.Kind);
        var row = new { me = current.Value.UserId, request.Kind, request.InPage, request.Mail, request.Push };
        if (await session.ExecuteAsync("UPDATE platform_preference SET in_page = @InPage, mail = @Mail, push = @Push WHERE user_id = @me AND kind = @Kind", row, ct) == 0)
            await session.ExecuteAsync("INSERT INTO platform_preference (user_id, kind, in_page, mail, push) VALUES (@me, @Kind, @InPage, @Mail, @Push)", row, ct);
        await reach.ChangedAsync(session, ct);
        return Nothing.Value;
    }
}
